package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Compiles a {@link DensePlan} into {@link SumCode} for one tile of targets: some vectors of
 * targets stay in registers, with a sum for each, while the other rows go by one at a time. A row's
 * numbers are loaded once for all vectors of the tile, and the vectors' chains of operations hide
 * each other's latency.
 *
 * <p>Sums are taken over blocks of {@value #BLOCK} rows and those added up with what rounding
 * loses, so that the error does not grow with the number of rows.
 */
final class DenseCompiler {
    /** Rows of a partial sum. */
    private static final int BLOCK = 128;

    /** Registers that constants, a passing row and intermediate values take. */
    private static final int OTHERS = 6;

    private final DensePlan plan;
    private final UniformLayout uniforms;
    private final CodeBuilder b;
    private final LaneCode v;
    private final List<Emitter> emitters = new ArrayList<>();

    /** Where the contractions of a row with the tile stand. */
    private int slot;

    private DenseCompiler(
            DensePlan plan,
            UniformLayout uniforms,
            Precision precision,
            int vectors,
            Collection<Integer> tame,
            CodeBuilder b) {
        this.plan = plan;
        this.uniforms = uniforms;
        this.b = b;
        this.v = LaneCode.of(b, precision);
        for (int t = 0; t < vectors; t++) {
            emitters.add(new Emitter(v, plan.ssa, plan.needed, plan.terms, tame));
        }
    }

    /** Vectors of targets of a tile: as many as the registers hold. */
    static int vectors(DensePlan plan) {
        if (!plan.contractions().isEmpty()) {
            return VectorWidth.REGISTERS / ContractionCompiler.ROWS / 2;
        }
        int each = plan.level(Levels.QUERY).size() + plan.terms.size();
        int registers = VectorWidth.REGISTERS - OTHERS;
        return each * 4 <= registers ? 4 : each * 2 <= registers ? 2 : 1;
    }

    /**
     * @param tame exponentials whose argument is known to lie in [−87, 1]
     */
    static SumCode compile(
            String name,
            DensePlan plan,
            UniformLayout uniforms,
            Precision precision,
            int vectors,
            Collection<Integer> tame) {
        return HiddenClass.implement(
                SumCode.class,
                "sum_" + name,
                b -> new DenseCompiler(plan, uniforms, precision, vectors, tame, b).method());
    }

    private void method() {
        int zero = v.newInt(0);
        int uniform = v.array(b.parameterSlot(3));
        List<Integer> common = plan.level(0);
        emitters.getFirst()
                .emit(common, l -> v.broadcast(uniform, zero, v.newInt(uniforms.index(l))));
        int[] planes = v.planes(b.parameterSlot(0), plan.inputs.size());
        int[] offsets = v.elements(b.parameterSlot(1), plan.inputs.size());
        List<Integer> contractions = plan.contractions();
        int[] passing = v.planes(b.parameterSlot(2), plan.passing.size() + contractions.size());
        slot = v.newInt(0);
        int[] outPlanes = v.planes(b.parameterSlot(4), plan.terms.size());
        int[] outOffsets = v.elements(b.parameterSlot(5), plan.terms.size());
        int index = b.parameterSlot(6);
        var at = new ArrayList<Integer>();
        for (Emitter emitter : emitters) {
            emitter.share(emitters.getFirst(), common);
            b.iload(index).loadConstant(at.size() * v.lanes()).iadd();
            int here = v.storeInt();
            at.add(here);
            emitter.emit(
                    plan.level(Levels.QUERY),
                    l -> {
                        int k = plan.inputs.indexOf(l);
                        return v.load(planes[k], offsets[k], here);
                    });
        }
        int[] totals = zeros();
        int[] lost = zeros();
        int j = b.parameterSlot(8);
        int last = b.parameterSlot(9);
        Loop.blocks(
                v,
                j,
                last,
                BLOCK,
                end -> {
                    int[] sums = zeros();
                    Loop.each(v, j, end, () -> pair(passing, zero, j, sums));
                    for (int k = 0; k < sums.length; k++) {
                        addCarefully(sums[k], totals[k], lost[k]);
                    }
                });
        for (int t = 0; t < at.size(); t++) {
            for (int k = 0; k < outPlanes.length; k++) {
                int before = v.load(outPlanes[k], outOffsets[k], at.get(t));
                int sum = totals[t * outPlanes.length + k];
                v.store(v.add(before, sum), outPlanes[k], outOffsets[k], at.get(t));
            }
        }
        b.return_();
    }

    /** A sum for each vector of the tile and term. */
    private int[] zeros() {
        var variables = new int[emitters.size() * plan.terms.size()];
        for (int k = 0; k < variables.length; k++) {
            variables[k] = v.variable(v.constant(0));
        }
        return variables;
    }

    /** The tile and one row. */
    private void pair(int[] passing, int zero, int j, int[] sums) {
        var first = emitters.getFirst();
        for (int k = 0; k < plan.passing.size(); k++) {
            first.defineSource(plan.passing.get(k), v.broadcast(passing[k], zero, j));
        }
        int sum = 0;
        for (Emitter emitter : emitters) {
            emitter.share(first, plan.passing);
            int k = plan.passing.size();
            for (int line : plan.contractions()) {
                emitter.define(line, v.load(passing[k++], zero, slot));
            }
            v.advance(slot);
            emitter.emit(
                    plan.pairs(),
                    l -> {
                        throw new IllegalStateException(l.text());
                    });
            for (int term : plan.terms) {
                v.assign(sums[sum], emitter.accumulate(term, sums[sum]));
                sum++;
            }
        }
    }

    /** total += sum − lost; lost becomes what that has lost (Kahan), 0 where that is no number. */
    private void addCarefully(int sum, int total, int lost) {
        int y = v.subtract(sum, lost);
        int next = v.add(total, y);
        int loss = v.subtract(v.subtract(next, total), y);
        v.assign(lost, v.select(v.atMost(loss, loss), loss, v.constant(0)));
        v.assign(total, next);
    }
}
