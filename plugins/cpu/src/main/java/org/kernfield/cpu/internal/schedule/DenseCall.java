package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.cpu.internal.code.CompiledContraction;
import org.kernfield.cpu.internal.code.CompiledDense;
import org.kernfield.cpu.internal.code.MapCompiler;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Packing;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What all strips of one sum over all pairs have in common. */
final class DenseCall {
    /** Strips that are wanted at least, for threads to share. */
    private static final int STRIPS = 16;

    /** Pairs of tiles that a strip has at least: shorter loops over targets cost more a pair. */
    private static final int LEAST = 4;

    /** Rows below which nobody looks for ranges. */
    private static final int FEW = 64;

    final Execution execution;
    final CompiledDense dense;
    final Args args;
    final Object uniforms;
    final int targets;
    final int rows;

    /** Targets of a strip: all that it holds, or fewer where there would be few strips. */
    final int share;

    final List<Contracting> contracting;

    /** Exponentials that need no care. */
    final Set<Integer> tame;

    /** Whether code for coordinates near zero may be used. */
    private final boolean isNear;

    /** The values of each row that goes by side by side. */
    final Object passing;

    /** The same, a plane each, {@link #stride} elements apart. */
    final Object passingPlanes;

    final int stride;

    /**
     * @param targets rows that own results
     * @param rows rows that go by
     */
    static DenseCall of(
            Execution execution,
            CompiledDense dense,
            Args args,
            Object uniforms,
            int targets,
            int rows) {
        boolean looks = Math.min(rows, targets) >= FEW;
        var call =
                (looks ? dense.scaled.get() : Optional.<CompiledDense>empty())
                        .map(s -> new DenseCall(execution, s, args, uniforms, targets, rows))
                        .filter(c -> c.isNear)
                        .orElseGet(
                                () ->
                                        new DenseCall(
                                                execution, dense, args, uniforms, targets, rows));
        var warmups = call.dense.warmups(call.tame, rows);
        execution.warm(warmups, (long) targets / VectorWidth.LANES * rows);
        return call;
    }

    private DenseCall(
            Execution execution,
            CompiledDense dense,
            Args args,
            Object uniforms,
            int targets,
            int rows) {
        this.execution = execution;
        this.dense = dense;
        this.args = args;
        this.uniforms = uniforms;
        this.targets = targets;
        this.rows = rows;
        this.share = share(dense, targets);
        stride = VectorWidth.roundUp(rows);
        int values = dense.plan.passing.size();
        long numbers = (long) values * stride;
        var precision = dense.precision();
        passingPlanes = execution.scratch().numbers(precision, "passing planes", numbers);
        passing = execution.scratch().numbers(precision, "passing", numbers);
        passing();
        boolean looks = dense.asksForRanges() && Math.min(rows, targets) >= FEW;
        var ranges = looks ? new RowRanges(this) : null;
        contracting =
                dense.contractions.stream().map(c -> new Contracting(this, c, ranges)).toList();
        tame = looks ? dense.tame(ranges.ofLines()) : Set.of();
        isNear = !tame.isEmpty() && dense.plan.isNear(ranges.ofLines());
    }

    CompiledDense.Variant variant() {
        return dense.variant(tame);
    }

    /**
     * Of the formula and the number of targets alone, never of threads, since a strip decides how
     * its squares are expanded.
     */
    private static int share(CompiledDense dense, int targets) {
        int tiles = 2 * CompiledContraction.tile(dense.precision());
        int width = dense.layout.width();
        int share = Math.ceilDiv(Math.ceilDiv(targets, STRIPS), tiles) * tiles;
        return Math.clamp(share, Math.min(LEAST * tiles, width), width);
    }

    private void passing() {
        int values = dense.plan.passing.size();
        Planes out = Planes.consecutive(passingPlanes, dense.plan.passing.size(), stride);
        int parts = Math.ceilDiv(rows, MapSchedule.PART);
        if (dense.preparePassing != null) {
            execution.warm(List.of(dense.preparePassing.warmup()), rows / VectorWidth.LANES);
        }
        execution.forEach(
                parts,
                part -> {
                    int from = part * MapSchedule.PART;
                    int to = Math.min(rows, from + MapSchedule.PART);
                    fill(dense.plan.passing, dense.preparePassing, out, from, to);
                    for (int k = 0; k < values; k++) {
                        int at = k * stride + from;
                        Packing.pack(
                                passingPlanes,
                                at,
                                0,
                                1,
                                passing,
                                from * values + k,
                                1,
                                values,
                                to - from);
                    }
                });
    }

    /** Fills planes with the values of {@code lines} for some rows of one side. */
    void fill(List<Integer> lines, MapCompiler.Compiled prepare, Planes out, int from, int to) {
        var computed = new Planes(prepare == null ? 0 : prepared(lines));
        int next = 0;
        for (int k = 0; k < lines.size(); k++) {
            if (dense.plan.ssa.get(lines.get(k)) instanceof Instruction.Load l) {
                load(l, out.arrays()[k], out.offsets()[k], from, to);
            } else {
                computed.set(next++, out.arrays()[k], out.offsets()[k]);
            }
        }
        if (next > 0) {
            run(prepare, bind(prepare, from, to), computed, from, to);
        }
    }

    private int prepared(List<Integer> lines) {
        return (int)
                lines.stream()
                        .filter(l -> !(dense.plan.ssa.get(l) instanceof Instruction.Load))
                        .count();
    }

    private void load(Instruction.Load load, Object into, int offset, int from, int to) {
        if (args.buffers().get(load.slot().name()) instanceof PlanarBuffer buffer) {
            int at = buffer.offset(load.component()) + from;
            System.arraycopy(buffer.data(), at, into, offset + from, to - from);
        } else {
            var planes = new Planes(1);
            Object xy = Numbers.array(dense.precision(), 2 * (to - from));
            new RasterCoordinates(List.of(load), args).bind(planes, xy, to - from, from, to);
            System.arraycopy(
                    planes.arrays()[0], planes.offsets()[0] + from, into, offset + from, to - from);
        }
    }

    /** Columns of the payload that targets have as well; 0 unless the sum is taken both ways. */
    int payloads() {
        return dense.plan
                .bothWays
                .map(b -> b.payloads().stream().mapToInt(p -> p + 1).max().orElse(0))
                .orElse(0);
    }

    /** Copies a column of the payload of some rows. */
    void payload(int column, Object into, int at, int from, int to) {
        var buffer = (PlanarBuffer) args.buffers().get(Kernel.WEIGHT);
        System.arraycopy(buffer.data(), buffer.offset(column) + from, into, at, to - from);
    }

    /** The inputs of a map over some rows. */
    Planes bind(MapCompiler.Compiled map, int from, int to) {
        Planes in = Planes.of(map.inputs(), args);
        var coordinates = new RasterCoordinates(map.inputs(), args);
        if (coordinates.areRead()) {
            int padded = VectorWidth.roundUp(to - from);
            Object xy = Numbers.array(dense.precision(), 2 * padded);
            coordinates.bind(in, xy, padded, from, to);
        }
        return in;
    }

    void run(MapCompiler.Compiled map, Planes in, Planes out, int from, int to) {
        map.code()
                .run(
                        in.arrays(),
                        in.offsets(),
                        uniforms,
                        out.arrays(),
                        out.offsets(),
                        from,
                        from + VectorWidth.roundUp(to - from));
    }

    /** From the totals of a strip, a plane a term from {@code at} on, to the results. */
    void finish(Object totals, int at, Planes results, int from, int to) {
        int width = dense.layout.width();
        var map = dense.finish;
        if (map == null) {
            for (int k = 0; k < results.count(); k++) {
                System.arraycopy(
                        totals,
                        at + k * width,
                        results.arrays()[k],
                        results.offsets()[k] + from,
                        to - from);
            }
            return;
        }
        Planes in = bind(map, from, to);
        for (int k = 0; k < in.count(); k++) {
            Instruction.Load load = map.inputs().get(k);
            if (load.slot().name().equals(DensePlan.SUMS)) {
                in.set(k, totals, at + load.component() * width - from);
            }
        }
        run(map, in, results, from, to);
    }
}
