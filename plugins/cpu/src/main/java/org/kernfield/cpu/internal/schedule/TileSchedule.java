package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.code.CompiledDense;
import org.kernfield.cpu.internal.code.MapCompiler;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.cpu.internal.plan.Ranges;
import org.kernfield.kernel.Instruction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Sums over all pairs, tile by tile: some vectors of targets stay in registers while all rows of
 * the other side go by. Targets are the rows that own the results.
 */
final class TileSchedule {
    /** Targets of a part, whole tiles of any width. */
    private static final int PART = 128;

    /** Bytes between two loops over the pairs, half of the nearest cache. */
    private static final int STAGED = 16_384;

    /** Rows below which nobody looks for ranges. */
    private static final int FEW = 64;

    private final Execution execution;
    private final CompiledDense dense;
    private final Args args;
    private final Object uniforms;
    private final Planes results;
    private final int targets;

    /**
     * @param results planes of the outputs, over targets
     */
    TileSchedule(
            Execution execution,
            CompiledDense dense,
            Args args,
            Object uniforms,
            Planes results,
            int targets) {
        this.execution = execution;
        this.dense = dense;
        this.args = args;
        this.uniforms = uniforms;
        this.results = results;
        this.targets = targets;
    }

    /**
     * @param rows how many go by
     */
    void run(int rows) {
        DensePlan plan = dense.plan;
        var passing = new Passing(execution, dense, args, uniforms, rows);
        var contracting =
                dense.contractions.stream()
                        .map(c -> new Contracting(execution, dense, c, args, rows))
                        .toList();
        var in = Planes.of(plan.inputs, args);
        var coordinates = new RasterCoordinates(plan.inputs, args);
        var variant =
                dense.asksForRanges() && Math.min(rows, targets) >= FEW
                        ? dense.variant(ranges(in, passing, contracting))
                        : dense.careful();
        execution.warm(dense.warmups(variant), (long) targets / VectorWidth.LANES * rows);
        execution.forEach(
                Math.ceilDiv(targets, PART),
                part -> {
                    int from = part * PART;
                    int to = Math.min(targets, from + PART);
                    Planes here = bind(in, coordinates, from, to);
                    Planes sums = dense.finish == null ? results : sums(from);
                    sums.clear(from, from + Math.ceilDiv(to - from, dense.tile) * dense.tile);
                    var parts = contracting.stream().map(c -> c.new Part(from, to)).toList();
                    var stage = dense.stage.map(s -> new Stage(s, here, passing));
                    int block =
                            stage.isPresent()
                                    ? stagedRows()
                                    : parts.isEmpty() ? rows : Contracting.BLOCK;
                    for (int row = 0; row < rows; row += block) {
                        int first = row;
                        int last = Math.min(rows, row + block);
                        parts.forEach(p -> p.compute(first, last));
                        for (int tile = from; tile < to; tile += dense.tile) {
                            execution.resources().cancel().check();
                            int at = tile;
                            int number = (tile - from) / dense.tile;
                            var pairs = new ArrayList<Object>();
                            parts.forEach(p -> pairs.add(p.plane(number)));
                            stage.ifPresent(s -> pairs.add(s.plane(at, first, last)));
                            variant.code()
                                    .run(
                                            here.arrays(),
                                            here.offsets(),
                                            passing.with(pairs),
                                            uniforms,
                                            sums.arrays(),
                                            sums.offsets(),
                                            tile,
                                            tile + dense.tile,
                                            first,
                                            last);
                        }
                    }
                    if (dense.finish != null) {
                        finish(sums, from, to);
                    }
                });
    }

    /** Rows of a block whose numbers with a tile stay in the nearest cache. */
    private int stagedRows() {
        return STAGED / (dense.tile * ElementType.of(dense.precision()).bytes());
    }

    /** The first of two loops over the pairs, for one part of the targets. */
    private final class Stage {
        private final CompiledDense.Variant stage;
        private final Planes in;
        private final Passing passing;
        private final Object plane = Numbers.array(dense.precision(), stagedRows() * dense.tile);

        Stage(CompiledDense.Variant stage, Planes in, Passing passing) {
            this.stage = stage;
            this.in = in;
            this.passing = passing;
        }

        /** The numbers of a tile with some rows, good until the next ones are asked for. */
        Object plane(int tile, int first, int last) {
            stage.code()
                    .run(
                            in.arrays(),
                            in.offsets(),
                            passing.planes,
                            uniforms,
                            new Object[] {plane},
                            new int[1],
                            tile,
                            tile + dense.tile,
                            first,
                            last);
            return plane;
        }
    }

    /** Sums of a part that are not yet the results. */
    private Planes sums(int from) {
        int count = dense.plan.terms.size();
        var planes = new Planes(count);
        Object array = Numbers.array(dense.precision(), count * PART);
        for (int k = 0; k < count; k++) {
            planes.set(k, array, k * PART - from);
        }
        return planes;
    }

    /** The planes with pixel coordinates filled in, where code reads them. */
    private Planes bind(Planes in, RasterCoordinates coordinates, int from, int to) {
        if (!coordinates.areRead()) {
            return in;
        }
        Planes bound = in.copy();
        Object xy = Numbers.array(dense.precision(), 2 * PART);
        coordinates.bind(bound, xy, PART, from, to);
        return bound;
    }

    private void finish(Planes sums, int from, int to) {
        MapCompiler.Compiled map = dense.finish;
        Planes in =
                bind(
                        Planes.of(map.inputs(), args),
                        new RasterCoordinates(map.inputs(), args),
                        from,
                        to);
        for (int k = 0; k < in.count(); k++) {
            Instruction.Load load = map.inputs().get(k);
            if (load.slot().name().equals(DensePlan.SUMS)) {
                in.set(k, sums.arrays()[load.component()], sums.offsets()[load.component()]);
            }
        }
        map.code()
                .run(
                        in.arrays(),
                        in.offsets(),
                        uniforms,
                        results.arrays(),
                        results.offsets(),
                        from,
                        from + VectorWidth.roundUp(to - from));
    }

    /** What is known of all lines from the numbers in this call's rows. */
    private Ranges ranges(Planes in, Passing passing, List<Contracting> contracting) {
        DensePlan plan = dense.plan;
        var known = new HashMap<Integer, Ranges.Range>();
        for (int k = 0; k < passing.planes.length; k++) {
            known.put(plan.passing.get(k), range(passing.extremes(k)));
        }
        for (Contracting c : contracting) {
            known.put(c.contracted.line(), range(c.extremes(targets, passing.count)));
        }
        var ranges =
                new Ranges(
                        plan.ssa,
                        known,
                        l -> {
                            int k = plan.inputs.indexOf(l);
                            return k < 0 ? uniform(l) : range(l, in.arrays()[k], in.offsets()[k]);
                        });
        ranges.follow(
                plan.needed.stream()
                        .filter(line -> plan.ssa.dependence(line) != DensePlan.PASSING)
                        .toList());
        return ranges;
    }

    private Ranges.Range uniform(Instruction.Load load) {
        double value = args.uniforms().get(load.slot().name())[load.component()];
        return new Ranges.Range(value, value);
    }

    private Ranges.Range range(Instruction.Load load, Object array, int offset) {
        if (array != null) {
            return range(Numbers.extremes(array, offset, offset + targets));
        }
        var raster = (Queries.Raster) args.queries();
        return new Ranges.Range(0, load.component() == 0 ? raster.width() : raster.height());
    }

    private static Ranges.Range range(double[] extremes) {
        return new Ranges.Range(extremes[0], extremes[1]);
    }
}
