package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.cpu.internal.code.CompiledPairs;
import org.kernfield.cpu.internal.code.MapCompiler;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Slot;

import java.util.List;

/** The values that depend on the source alone, computed before the pairs. */
final class Sources {
    private final Execution execution;
    private final Args args;
    private final Precision precision;
    private final Object uniforms;
    private final int count;

    Sources(Execution execution, CompiledPairs pairs, Args args, Object uniforms) {
        this(execution, pairs.kernel, args, uniforms);
    }

    Sources(Execution execution, Kernel kernel, Args args, Object uniforms) {
        this.execution = execution;
        this.args = args;
        this.precision = kernel.precision();
        this.uniforms = uniforms;
        this.count =
                kernel.slots(Slot.Role.PARAM).isEmpty()
                        ? 0
                        : Math.toIntExact(args.sources(Reduction.sum(kernel, Neighbourhood.ALL)));
    }

    int count() {
        return count;
    }

    /** Planes over sources in the order of {@code PairPlan.sourceValues}, all at offset 0. */
    Object[] values(CompiledPairs.Variant variant) {
        return values(variant.plan(), variant.prepare());
    }

    /**
     * The same.
     *
     * @param prepare computes those that are no plain parameters; null if all are
     */
    Object[] values(PairPlan plan, MapCompiler.Compiled prepare) {
        Object[] planes = Numbers.arrays(precision, plan.sourceValues.size());
        int stride = VectorWidth.roundUp(count);
        int computed = plan.prepare.results().size();
        int next = 0;
        for (int k = 0; k < planes.length; k++) {
            planes[k] = execution.scratch().numbers(precision, "source" + k, stride);
        }
        var out = new Planes(computed);
        for (int k = 0; k < planes.length; k++) {
            if (plan.ssa.get(plan.sourceValues.get(k)) instanceof Instruction.Load l) {
                var buffer = (PlanarBuffer) args.buffers().get(l.slot().name());
                System.arraycopy(buffer.data(), buffer.offset(l.component()), planes[k], 0, count);
            } else {
                out.set(next++, planes[k], 0);
            }
        }
        if (computed > 0) {
            map(prepare, Planes.of(prepare.inputs(), args), out);
        }
        return planes;
    }

    /** Runs a map over all sources. */
    void map(MapCompiler.Compiled map, Planes in, Planes out) {
        map(map, in, out, (from, to) -> {});
    }

    /**
     * The same.
     *
     * @param then runs after the map over each part
     */
    void map(MapCompiler.Compiled map, Planes in, Planes out, Execution.Range then) {
        execution.warm(List.of(map.warmup()), count / VectorWidth.LANES);
        int parts = Math.ceilDiv(count, MapSchedule.PART);
        execution.forEach(
                parts,
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
                    then.run(from, to);
                });
    }
}
