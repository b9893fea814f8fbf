package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.kernel.Precision;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Made-up inputs that bring pair code to speed: a few sources and small boxes. */
final class PairWarmups {
    private static final int SOURCES = 8;
    private static final int ROWS = 2;

    /** A source whose box is one vector wide, and the tallest. */
    private static final int NARROW = 6;

    /** Rows of the tallest box: more than are taken at one time. */
    private static final int TALL = BoxCode.BATCH + 1;

    private static final int ROWS_PASSING = 16;
    private static final int STRIP = 8 * VectorWidth.LANES;
    private static final int STRIDE = 4 * VectorWidth.LANES;
    private static final int QUERIES = ROWS * STRIDE;

    private PairWarmups() {}

    /** A short strip and a few rows that go by. */
    static Warmup of(
            StripCode code,
            DensePlan plan,
            int together,
            int uniforms,
            Precision precision,
            int cost) {
        int lanes = VectorWidth.lanes(precision);
        var layout = StripLayout.of(plan, precision);
        int given = Math.max(1, plan.contractions().size());
        int targets = plan.targets.size() + (plan.bothWays.isPresent() ? plan.terms.size() : 0);
        int back = plan.terms.size() * ROWS_PASSING * lanes;
        Object own = Numbers.array(precision, targets * layout.width());
        Object rows = Numbers.array(precision, plan.passing.size() * ROWS_PASSING);
        Object uniform = Numbers.array(precision, uniforms);
        Object pairs = Numbers.array(precision, given * layout.apart());
        Object sums = Numbers.array(precision, plan.terms.size() * layout.width());
        Object lanesOfRows = Numbers.array(precision, back);
        return new Warmup(
                n -> {
                    // every loop more than once, or the compiler leaves their ends out
                    int vectors = Math.clamp(n / (2 * together), 1, STRIP / lanes);
                    code.run(
                            own,
                            rows,
                            uniform,
                            pairs,
                            0,
                            sums,
                            vectors * lanes,
                            0,
                            2 * together,
                            lanesOfRows);
                },
                cost);
    }

    static Warmup of(ContractionCode code, Precision precision) {
        int group = ContractionCompiler.ROWS;
        int tile = CompiledContraction.tile(precision);
        Object targets = Numbers.array(precision, 2 * tile * ROWS_PASSING);
        Object rows = Numbers.array(precision, 2 * group * ROWS_PASSING);
        Object out = Numbers.array(precision, 4 * group * tile);
        return new Warmup(
                n -> {
                    int depth = Math.clamp(n, 2, ROWS_PASSING);
                    code.run(
                            targets, 2, rows, 0, 2, depth, 0, depth, out, 0, 2 * tile, targets,
                            rows, 0, rows);
                },
                8 * group * ContractionCompiler.VECTORS);
    }

    static Warmup of(SumCode code, PairPlan plan, int uniforms, Precision precision) {
        return of(
                code,
                plan.inputs.size(),
                plan.sourceValues.size(),
                plan.results.size(),
                VectorWidth.LANES,
                uniforms,
                precision,
                plan.cost());
    }

    private static Warmup of(
            SumCode code,
            int inputs,
            int sources,
            int outputs,
            int queries,
            int uniforms,
            Precision precision,
            int cost) {
        int rows = ROWS_PASSING;
        var in = planes(inputs, precision);
        // the first loop over pairs has a number for each
        var out = planes(outputs, Math.max(QUERIES, rows * queries), precision);
        Object[] source = Numbers.arrays(precision, sources);
        // long enough for contractions, which have a tile for each row
        Arrays.setAll(source, k -> Numbers.array(precision, rows * queries));
        Object uniform = Numbers.array(precision, uniforms);
        int vectors = Math.max(1, queries / VectorWidth.lanes(precision));
        return new Warmup(
                n ->
                        code.run(
                                in.arrays(),
                                in.offsets(),
                                source,
                                uniform,
                                out.arrays(),
                                out.offsets(),
                                0,
                                queries,
                                0,
                                Math.min(rows, Math.max(1, n / vectors))),
                cost);
    }

    static Warmup of(BoxCode code, PairPlan plan, int uniforms, Precision precision) {
        boolean gathers = plan.finish == null;
        var in = planes(plan.inputs.size(), TALL * STRIDE, precision);
        int outputs = gathers ? plan.results.size() : plan.sourceTerms.size();
        var out = planes(outputs, TALL * STRIDE, precision);
        var source = sources(plan, precision);
        Object uniform = Numbers.array(precision, uniforms);
        var box = new int[4 * SOURCES];
        for (int j = 0; j < SOURCES; j++) {
            box[4 * j + 1] = VectorWidth.LANES * (1 + j % 3);
            box[4 * j + 3] = 1 + j / 3 % ROWS;
        }
        box[4 * NARROW + 3] = TALL;
        // from the first calls on one box after the other: a branch that the compiler has not seen
        // taken it leaves out, and all of the code is made anew when real boxes take it
        var next = new AtomicInteger();
        Object laneSums =
                Numbers.array(precision, SOURCES * out.count() * VectorWidth.lanes(precision));
        Object rowValues = Numbers.array(precision, plan.rowValues.size() * BoxCode.BATCH);
        return new Warmup(
                vectors -> {
                    int from = vectors > 1 ? 0 : next.getAndIncrement() % SOURCES;
                    code.run(
                            in.arrays(),
                            in.offsets(),
                            source,
                            uniform,
                            out.arrays(),
                            out.offsets(),
                            STRIDE,
                            from,
                            vectors > 1 ? SOURCES : from + 1,
                            box,
                            0,
                            TALL,
                            laneSums,
                            rowValues);
                },
                plan.cost());
    }

    private static Planes planes(int count, Precision precision) {
        return planes(count, QUERIES, precision);
    }

    private static Planes planes(int count, int length, Precision precision) {
        var planes = new Planes(count);
        for (int k = 0; k < count; k++) {
            planes.set(k, Numbers.array(precision, length + VectorWidth.LANES), 0);
        }
        return planes;
    }

    private static Object[] sources(PairPlan plan, Precision precision) {
        Object[] sources = Numbers.arrays(precision, plan.sourceValues.size());
        Arrays.setAll(sources, k -> Numbers.array(precision, SOURCES));
        return sources;
    }
}
