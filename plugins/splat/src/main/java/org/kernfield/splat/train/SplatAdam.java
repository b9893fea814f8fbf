package org.kernfield.splat.train;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.field.State;
import org.kernfield.numerics.AdamKernel;
import org.kernfield.scene.Splats;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Splats in a backend's memory with their moments, moved against gradients. Which buffer holds a
 * parameter changes with every step: ask {@link #parameter} each time.
 */
final class SplatAdam implements AutoCloseable {
    static final String MEANS = "means";
    static final String LOG_SCALES = "logScales";
    static final String ROTATIONS = "rotations";
    static final String OPACITIES = "opacities";
    static final String SH = "sh";
    static final List<String> PARAMETERS = List.of(MEANS, LOG_SCALES, ROTATIONS, OPACITIES, SH);

    private static final String FIRST = "first";
    private static final String SECOND = "second";
    private static final String SH_FIRST = "sh.first";
    private static final String SH_SECOND = "sh.second";
    private static final List<String> MOMENTS = List.of(FIRST, SECOND, SH_FIRST, SH_SECOND);
    private static final String STEPS = "adam.steps";

    /** Seeds that the language has random numbers for. */
    private static final long SEEDS = (1 << 24) - 1;

    /** Bounds of logarithmic scales. */
    private static final double[] SIZES = {-20, 10};

    private Map<String, Buffer> current;
    private Map<String, Buffer> next;
    private final Buffer rows;
    private final int count;
    private final int degree;
    private long steps;

    private SplatAdam(Map<String, Array> arrays, long steps, Compute compute) {
        this.steps = steps;
        current = new LinkedHashMap<>();
        next = new LinkedHashMap<>();
        arrays.forEach(
                (name, array) -> {
                    current.put(name, compute.upload(array));
                    next.put(name, compute.allocate(ElementType.F32, array.rows(), array.width()));
                });
        count = Math.toIntExact(arrays.get(OPACITIES).rows());
        degree = (int) Math.round(Math.sqrt(arrays.get(SH).width() / 3.0)) - 1;
        var numbers = new float[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = k;
        }
        rows = compute.upload(Array.of(1, numbers));
    }

    /** With moments of zero. */
    static SplatAdam begin(Splats splats, Compute compute) {
        int width = 3 * Splats.coefficients(splats.degree());
        return of(
                splats,
                new float[splats.count() * SplatStep.WIDTH],
                new float[splats.count() * SplatStep.WIDTH],
                new float[splats.count() * width],
                new float[splats.count() * width],
                0,
                compute);
    }

    private static SplatAdam of(
            Splats splats,
            float[] first,
            float[] second,
            float[] shFirst,
            float[] shSecond,
            long steps,
            Compute compute) {
        int width = 3 * Splats.coefficients(splats.degree());
        var arrays = new LinkedHashMap<String, Array>();
        splats.arrays().forEach(arrays::put);
        arrays.put(FIRST, Array.of(SplatStep.WIDTH, first));
        arrays.put(SECOND, Array.of(SplatStep.WIDTH, second));
        arrays.put(SH_FIRST, Array.of(width, shFirst));
        arrays.put(SH_SECOND, Array.of(width, shSecond));
        return new SplatAdam(arrays, steps, compute);
    }

    /** Goes on from what {@link #save} wrote. */
    static SplatAdam restore(State from, Compute compute) {
        var arrays = new LinkedHashMap<String, Array>();
        PARAMETERS.forEach(name -> arrays.put(name, from.array(name)));
        MOMENTS.forEach(name -> arrays.put(name, from.array(name)));
        return new SplatAdam(arrays, from.integer(STEPS), compute);
    }

    void save(State into, Compute compute) {
        current.forEach((name, buffer) -> into.arrays().put(name, compute.download(buffer)));
        into.values().put(STEPS, Long.toString(steps));
    }

    int count() {
        return count;
    }

    /** Degree of the spherical harmonics that are there. */
    int degree() {
        return degree;
    }

    Buffer parameter(String name) {
        return current.get(name);
    }

    /** The splats in host memory. */
    Splats download(Compute compute) {
        return new Splats(
                degree,
                floats(MEANS, compute),
                floats(LOG_SCALES, compute),
                floats(ROTATIONS, compute),
                floats(OPACITIES, compute),
                floats(SH, compute),
                Map.of());
    }

    private float[] floats(String name, Compute compute) {
        return compute.download(current.get(name)).toFloats();
    }

    /**
     * Other splats in place of these, which are freed.
     *
     * @param origin of each the row whose moments it continues, −1 for zeros
     */
    SplatAdam replaced(Splats splats, int[] origin, Compute compute) {
        int before = 3 * Splats.coefficients(degree);
        int width = 3 * Splats.coefficients(splats.degree());
        SplatAdam replaced =
                of(
                        splats,
                        rows(FIRST, SplatStep.WIDTH, SplatStep.WIDTH, origin, compute),
                        rows(SECOND, SplatStep.WIDTH, SplatStep.WIDTH, origin, compute),
                        rows(SH_FIRST, before, width, origin, compute),
                        rows(SH_SECOND, before, width, origin, compute),
                        steps,
                        compute);
        close();
        return replaced;
    }

    /** The same splats with room for harmonics up to a degree. */
    SplatAdam widened(int higher, Compute compute) {
        Splats splats = download(compute);
        var all = new int[count];
        Arrays.setAll(all, k -> k);
        Splats wider = Splats.allocate(count, higher);
        return replaced(
                new Splats(
                        higher,
                        splats.means(),
                        splats.logScales(),
                        splats.rotations(),
                        splats.opacities(),
                        widened(
                                splats.sh(),
                                3 * Splats.coefficients(degree),
                                3 * Splats.coefficients(higher),
                                all,
                                wider.sh()),
                        Map.of()),
                all,
                compute);
    }

    private float[] rows(String name, int before, int width, int[] origin, Compute compute) {
        return widened(
                floats(name, compute), before, width, origin, new float[origin.length * width]);
    }

    /** Rows by their origin, with zeros after the numbers that they had. */
    private static float[] widened(
            float[] from, int before, int width, int[] origin, float[] into) {
        for (int k = 0; k < origin.length; k++) {
            if (origin[k] >= 0) {
                System.arraycopy(
                        from, origin[k] * before, into, k * width, Math.min(before, width));
            }
        }
        return into;
    }

    /**
     * One step.
     *
     * @param gradients of each parameter, of its shape
     */
    void step(Map<String, Buffer> gradients, Rates rates, long seed, Compute compute) {
        steps++;
        Args args =
                Args.rows(count)
                        .with(
                                "rates",
                                rates.means(),
                                rates.scales(),
                                rates.rotations(),
                                rates.opacities())
                        .with("correction1", SplatStep.correction1(steps))
                        .with("correction2", SplatStep.correction2(steps))
                        .with("scalePenalty", rates.scalePenalty() / (3.0 * count))
                        .with("opacityPenalty", rates.opacityPenalty() / count)
                        .with("exploration", rates.exploration())
                        .with("seed", seed & SEEDS)
                        .with("step", steps)
                        .with("bounds", SIZES)
                        .with("row", rows);
        for (String name : List.of(MEANS, LOG_SCALES, ROTATIONS, OPACITIES)) {
            args = args.with(name, current.get(name)).with("d_" + name, gradients.get(name));
        }
        args = args.with(FIRST, current.get(FIRST)).with(SECOND, current.get(SECOND));
        compute.run(
                SplatStep.of(rates.exploration() > 0),
                args,
                Map.of(
                        "nextMeans", next.get(MEANS),
                        "nextLogScales", next.get(LOG_SCALES),
                        "nextRotations", next.get(ROTATIONS),
                        "nextOpacities", next.get(OPACITIES),
                        "nextFirst", next.get(FIRST),
                        "nextSecond", next.get(SECOND)));
        colours(gradients.get(SH), rates, compute);
        Map<String, Buffer> swap = current;
        current = next;
        next = swap;
    }

    private void colours(Buffer gradient, Rates rates, Compute compute) {
        int width = current.get(SH).width();
        compute.run(
                Reduction.map(AdamKernel.of(width, false)),
                Args.rows(count)
                        .with("parameter", current.get(SH))
                        .with(FIRST, current.get(SH_FIRST))
                        .with(SECOND, current.get(SH_SECOND))
                        .with("gradient", gradient)
                        .with("rate", rates.harmonics(width))
                        .with("beta1", SplatStep.BETA_1)
                        .with("beta2", SplatStep.BETA_2)
                        .with("epsilon", SplatStep.EPSILON)
                        .with("correction1", SplatStep.correction1(steps))
                        .with("correction2", SplatStep.correction2(steps)),
                Map.of(
                        "nextParameter", next.get(SH),
                        "nextFirst", next.get(SH_FIRST),
                        "nextSecond", next.get(SH_SECOND)));
    }

    @Override
    public void close() {
        current.values().forEach(Buffer::close);
        next.values().forEach(Buffer::close);
        rows.close();
    }
}
