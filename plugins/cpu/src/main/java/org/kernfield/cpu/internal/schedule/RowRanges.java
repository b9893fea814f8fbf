package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.code.CompiledContraction;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.cpu.internal.plan.Ranges;
import org.kernfield.kernel.Contraction;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Slot;

import java.util.HashMap;

/** What is known of a plan's lines from the numbers in a call's rows. */
final class RowRanges {
    private final DenseCall call;
    private final Ranges ranges;

    RowRanges(DenseCall call) {
        this.call = call;
        DensePlan plan = call.dense.plan;
        var known = new HashMap<Integer, Ranges.Range>();
        for (int k = 0; k < plan.passing.size(); k++) {
            int at = k * call.stride;
            known.put(
                    plan.passing.get(k),
                    range(call.execution.extremes(call.passingPlanes, at, call.rows)));
        }
        for (CompiledContraction c : call.dense.contractions) {
            known.put(c.line(), contraction(c));
        }
        ranges = new Ranges(plan.ssa, known, this::load);
        ranges.follow(
                plan.needed.stream()
                        .filter(line -> plan.ssa.dependence(line) != DensePlan.PASSING)
                        .toList());
    }

    Ranges ofLines() {
        return ranges;
    }

    private Ranges.Range load(Instruction.Load load) {
        Slot slot = load.slot();
        if (slot.role() == Slot.Role.UNIFORM) {
            double value = call.args.uniforms().get(slot.name())[load.component()];
            return new Ranges.Range(value, value);
        }
        if (call.args.buffers().get(slot.name()) instanceof PlanarBuffer buffer) {
            return range(extremes(buffer, load.component(), call.targets));
        }
        var raster = (Queries.Raster) call.args.queries();
        return new Ranges.Range(0, load.component() == 0 ? raster.width() : raster.height());
    }

    /** Between the least and the greatest value that the rows allow. */
    private Ranges.Range contraction(CompiledContraction contraction) {
        var targets = (PlanarBuffer) call.args.buffers().get(contraction.targets().name());
        var others = (PlanarBuffer) call.args.buffers().get(contraction.passing().name());
        double[] scale =
                contraction.scale().map(s -> call.args.uniforms().get(s.name())).orElse(null);
        double low = 0;
        double high = 0;
        for (int c = 0; c < contraction.targets().width(); c++) {
            double[] x = extremes(targets, c, call.targets);
            double[] p = extremes(others, c, call.rows);
            double square = scale == null ? 1 : scale[c] * scale[c];
            if (contraction.kind() == Contraction.SQDIST) {
                double most = Math.max(x[1] - p[0], p[1] - x[0]);
                high += square * most * most;
            } else {
                double most =
                        square
                                * Math.max(Math.abs(x[0]), Math.abs(x[1]))
                                * Math.max(Math.abs(p[0]), Math.abs(p[1]));
                low -= most;
                high += most;
            }
        }
        return new Ranges.Range(low, high);
    }

    private double[] extremes(PlanarBuffer buffer, int component, int count) {
        return call.execution.extremes(buffer.data(), buffer.offset(component), count);
    }

    private static Ranges.Range range(double[] extremes) {
        return new Ranges.Range(extremes[0], extremes[1]);
    }
}
