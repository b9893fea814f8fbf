package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.cpu.internal.plan.Ssa;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Precision;

import java.util.LinkedHashSet;

/**
 * Compiles a gathering {@link PairPlan} into {@link SumCode}: a vector of queries stays in
 * registers while the sources go by.
 */
final class SumCompiler {
    private SumCompiler() {}

    static SumCode compile(
            String name, PairPlan plan, UniformLayout uniforms, Precision precision) {
        return HiddenClass.implement(
                SumCode.class,
                "sum_" + name,
                b -> {
                    var v = LaneCode.of(b, precision);
                    Ssa ssa = plan.ssa;
                    int in = b.parameterSlot(0);
                    int inOffset = b.parameterSlot(1);
                    int source = b.parameterSlot(2);
                    int uniform = v.array(b.parameterSlot(3));
                    int out = b.parameterSlot(4);
                    int outOffset = b.parameterSlot(5);
                    int index = b.parameterSlot(6);
                    int end = b.parameterSlot(7);
                    int firstSource = b.parameterSlot(8);
                    int lastSource = b.parameterSlot(9);
                    var emitter =
                            new Emitter(v, ssa, plan.needed, new LinkedHashSet<>(plan.results));
                    int zero = v.newInt(0);
                    emitter.emit(
                            Levels.exactly(ssa, plan.needed, 0),
                            l -> v.broadcast(uniform, zero, v.newInt(uniforms.index(l))));
                    int[] planes = v.planes(in, plan.inputs.size());
                    int[] offsets = v.elements(inOffset, plan.inputs.size());
                    int[] sources = v.planes(source, plan.sourceValues.size());
                    int[] outPlanes = v.planes(out, plan.results.size());
                    int[] outOffsets = v.elements(outOffset, plan.results.size());
                    Loop.whole(
                            v,
                            index,
                            end,
                            () -> {
                                emitter.emit(
                                        Levels.exactly(ssa, plan.needed, Levels.QUERY),
                                        l -> {
                                            int k = plan.inputs.indexOf(l);
                                            return v.load(planes[k], offsets[k], index);
                                        });
                                var sums = new int[plan.results.size()];
                                for (int k = 0; k < sums.length; k++) {
                                    sums[k] = v.variable(v.constant(0));
                                }
                                b.iload(firstSource);
                                int j = v.storeInt();
                                Loop.each(
                                        v,
                                        j,
                                        lastSource,
                                        () -> {
                                            for (int k = 0; k < sources.length; k++) {
                                                emitter.defineSource(
                                                        plan.sourceValues.get(k),
                                                        v.broadcast(sources[k], zero, j));
                                            }
                                            emitter.emit(
                                                    Levels.exactly(
                                                            ssa,
                                                            plan.needed,
                                                            Levels.QUERY | Levels.SOURCE),
                                                    l -> {
                                                        throw new IllegalStateException(l.text());
                                                    });
                                            for (int k = 0; k < sums.length; k++) {
                                                int term = plan.results.get(k);
                                                v.assign(
                                                        sums[k], emitter.accumulate(term, sums[k]));
                                            }
                                        });
                                for (int k = 0; k < sums.length; k++) {
                                    int before = v.load(outPlanes[k], outOffsets[k], index);
                                    v.store(
                                            v.add(before, sums[k]),
                                            outPlanes[k],
                                            outOffsets[k],
                                            index);
                                }
                            });
                    b.return_();
                });
    }
}
