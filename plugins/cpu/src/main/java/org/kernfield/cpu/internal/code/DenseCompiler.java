package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;
import java.util.Collection;
import java.util.List;

/**
 * Compiles a {@link DensePlan} into {@link SumCode} for one tile of targets, with a sum for each
 * vector and term.
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
    private final List<Integer> terms;
    private final UniformLayout uniforms;
    private final CodeBuilder b;
    private final LaneCode v;
    private final TileLoop loop;

    private DenseCompiler(
            DensePlan plan,
            UniformLayout uniforms,
            Precision precision,
            int vectors,
            Collection<Integer> tame,
            CodeBuilder b) {
        this.plan = plan;
        this.terms = plan.terms;
        this.uniforms = uniforms;
        this.b = b;
        this.v = LaneCode.of(b, precision);
        var needed = isStaged(plan) ? plan.stages.orElseThrow().second() : plan.needed;
        loop = new TileLoop(v, plan, needed, given(plan), terms, vectors, tame);
    }

    /** Whether the pairs of a plan run in two loops: with many registers one is as fast. */
    static boolean isStaged(DensePlan plan) {
        return VectorWidth.REGISTERS <= 16 && plan.stages.isPresent();
    }

    /** Values of pairs that the code finds computed. */
    static List<Integer> given(DensePlan plan) {
        return isStaged(plan) ? List.of(plan.stages.orElseThrow().argument()) : plan.contractions();
    }

    /** Vectors of targets of a tile: as many as the registers hold. */
    static int vectors(DensePlan plan) {
        if (!plan.contractions().isEmpty()) {
            return VectorWidth.REGISTERS / ContractionCompiler.ROWS / 2;
        }
        int targets = plan.level(Levels.QUERY).size();
        int terms = plan.terms.size();
        int each = isStaged(plan) ? Math.max(targets, terms) : targets + terms;
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
        loop.begin(uniforms);
        int[] outPlanes = v.planes(b.parameterSlot(4), plan.terms.size());
        int[] outOffsets = v.elements(b.parameterSlot(5), plan.terms.size());
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
                    Loop.each(v, j, end, () -> loop.row(j, (e, t, slot) -> add(e, t, sums)));
                    for (int k = 0; k < sums.length; k++) {
                        addCarefully(sums[k], totals[k], lost[k]);
                    }
                });
        for (int t = 0; t < loop.at.size(); t++) {
            int at = loop.at.get(t);
            for (int k = 0; k < terms.size(); k++) {
                int before = v.load(outPlanes[k], outOffsets[k], at);
                int sum = totals[t * terms.size() + k];
                v.store(v.add(before, sum), outPlanes[k], outOffsets[k], at);
            }
        }
        b.return_();
    }

    /** A sum for each vector of the tile and term. */
    private int[] zeros() {
        var variables = new int[loop.emitters.size() * terms.size()];
        for (int k = 0; k < variables.length; k++) {
            variables[k] = v.variable(v.constant(0));
        }
        return variables;
    }

    private void add(Emitter emitter, int vector, int[] sums) {
        int sum = vector * terms.size();
        for (int term : terms) {
            v.assign(sums[sum], emitter.accumulate(term, sums[sum]));
            sum++;
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
