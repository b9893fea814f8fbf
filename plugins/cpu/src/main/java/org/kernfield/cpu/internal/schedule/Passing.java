package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.cpu.internal.code.CompiledDense;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Precision;

import java.util.Arrays;
import java.util.List;

/** The numbers of the rows that go by, a plane each, computed before the pairs. */
final class Passing {
    /** In the order of {@code DensePlan.passing}. */
    final Object[] planes;

    final int count;

    Passing(Execution execution, CompiledDense dense, Args args, Object uniforms, int count) {
        this.count = count;
        var plan = dense.plan;
        Precision precision = dense.precision();
        planes = new Object[plan.passing.size()];
        int stride = VectorWidth.roundUp(count);
        var computed = new Planes(plan.prepare.results().size());
        int next = 0;
        for (int k = 0; k < planes.length; k++) {
            planes[k] = execution.scratch().numbers(precision, "passing" + k, stride);
            if (plan.ssa.get(plan.passing.get(k)) instanceof Instruction.Load l) {
                var buffer = (PlanarBuffer) args.buffers().get(l.slot().name());
                System.arraycopy(buffer.data(), buffer.offset(l.component()), planes[k], 0, count);
            } else {
                computed.set(next++, planes[k], 0);
            }
        }
        if (next > 0) {
            prepare(execution, dense, args, uniforms, computed);
        }
    }

    private void prepare(
            Execution execution, CompiledDense dense, Args args, Object uniforms, Planes out) {
        var map = dense.prepare;
        Planes in = Planes.of(map.inputs(), args);
        execution.warm(List.of(map.warmup()), count / VectorWidth.LANES);
        execution.forEach(
                Math.ceilDiv(count, MapSchedule.PART),
                part -> {
                    int from = part * MapSchedule.PART;
                    int to = Math.min(count, from + MapSchedule.PART);
                    map.code()
                            .run(
                                    in.arrays(),
                                    in.offsets(),
                                    uniforms,
                                    out.arrays(),
                                    out.offsets(),
                                    from,
                                    from + VectorWidth.roundUp(to - from));
                });
    }

    /** The planes, and after them some of pairs. */
    Object[] with(List<Object> pairs) {
        Object[] all = Arrays.copyOf(planes, planes.length + pairs.size());
        for (int k = 0; k < pairs.size(); k++) {
            all[planes.length + k] = pairs.get(k);
        }
        return all;
    }

    /** The least and the greatest number of a plane. */
    double[] extremes(int plane) {
        return Numbers.extremes(planes[plane], 0, count);
    }
}
