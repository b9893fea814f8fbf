package org.kernfield.nd4j.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** One call: which walk over the pairs, and what is gathered from them. */
final class Run {
    /** Numbers between two looks at the cancel token. */
    private static final int LOOK = 1 << 16;

    private final Reduction reduction;
    private final Kernel kernel;
    private final Args args;
    private final Map<String, Array> arrays;
    private final Map<String, Array> written;
    private final Resources resources;
    private final boolean hasSources;
    private final int sources;

    Run(
            Reduction reduction,
            Args args,
            Map<String, Array> arrays,
            Map<String, Array> written,
            Resources resources) {
        this.reduction = reduction;
        this.kernel = reduction.kernel();
        this.args = args;
        this.arrays = arrays;
        this.written = written;
        this.resources = resources;
        this.hasSources = !kernel.slots(Slot.Role.PARAM).isEmpty();
        this.sources = hasSources ? Math.toIntExact(args.sources(reduction)) : 0;
    }

    void compute() {
        boolean isDense =
                reduction.over() == Neighbourhood.ALL || reduction.over() == Neighbourhood.TILES;
        switch (reduction.kind()) {
            case MAP -> rows(false);
            case COMPOSITE, COMPOSITE_INTO_SOURCES -> composite();
            case TOTAL -> {
                if (hasSources) {
                    totalOfPairs(isDense);
                } else {
                    rows(true);
                }
            }
            default -> {
                Results results = results(written);
                if (isDense) {
                    dense(results);
                } else {
                    listed(results);
                }
            }
        }
    }

    private void rows(boolean isTotal) {
        try (Job job = job(new Plan(kernel, true, Set.of()), Map.of())) {
            if (isTotal) {
                RowWalk.total(job, results(written));
            } else {
                RowWalk.map(job, results(written));
            }
        }
    }

    private Job job(Plan plan, Map<String, Reader> filled) {
        return new Job(kernel, plan, args, arrays, filled, sources, resources);
    }

    /** Where the kernel's outputs go; of a maximum its sources go behind them. */
    private Results results(Map<String, Array> into) {
        var outputs = new ArrayList<Results.Output>();
        for (Output output : kernel.outputs()) {
            outputs.add(new Results.Output(into.get(output.name()), output.width()));
        }
        if (reduction.kind() == Reduction.Kind.MAX) {
            for (Output output : kernel.outputs()) {
                Array numbers = into.get(Reduction.ARG + output.name());
                outputs.add(new Results.Output(numbers, output.width()));
            }
        }
        return new Results(outputs);
    }

    private Fold fold(int count) {
        int width = kernel.outputWidth();
        return switch (reduction.kind()) {
            case MAX -> new MaxFold(width, count);
            case LOG_SUM_EXP -> new LogSumFold(width, count);
            default -> new SumFold(width, count);
        };
    }

    private Boxes boxes() {
        return reduction.over() == Neighbourhood.TILES
                ? Boxes.of(kernel, args, arrays, sources, resources)
                : null;
    }

    private void dense(Results results) {
        try (Boxes boxes = boxes();
                Job job = job(new Plan(kernel, false, Set.of()), Map.of())) {
            var walk = new DenseWalk(job, boxes);
            switch (reduction.kind()) {
                case SUM_INTO_SOURCES -> walk.sumIntoSources(args.queries(), results);
                case MATRIX ->
                        walk.ofQueries(
                                args.queries(),
                                rows -> new MatrixFold(results, kernel.outputs(), rows),
                                results);
                default -> walk.ofQueries(args.queries(), rows -> fold(rows.length), results);
            }
        }
    }

    private void listed(Results results) {
        var plan = new Plan(kernel, true, Set.of());
        var filled = new HashMap<String, Reader>();
        Pairs pairs = pairs(filled);
        try (Job job = job(plan, filled)) {
            boolean intoSources = reduction.kind() == Reduction.Kind.SUM_INTO_SOURCES;
            IntFunction<Fold> folding =
                    reduction.kind() == Reduction.Kind.MATRIX
                            ? count -> new MatrixFold(results, kernel.outputs(), new int[0])
                            : this::fold;
            if (!intoSources) {
                ListWalk.gather(job, pairs, job.queries, folding, results);
                return;
            }
            long bytes = pairs.transposedBytes();
            resources.budget().take(bytes, "pairs of kernel " + kernel.name() + " by source");
            try {
                Pairs transposed = pairs.transposed(resources.cancel());
                ListWalk.gather(job, transposed, sources, folding, results);
            } finally {
                resources.budget().release(bytes);
            }
        }
    }

    private Pairs pairs(Map<String, Reader> filled) {
        return switch (reduction.over()) {
            case Neighbourhood.Grid grid -> {
                Slot slot = kernel.slot(grid.slot());
                Reader coordinates =
                        args.queries() instanceof Queries.Raster raster
                                        && raster.slot().equals(slot.name())
                                ? new Reader.Pixels(raster)
                                : new Reader.Rows(arrays.get(slot.name()), slot.width());
                int queries = Math.toIntExact(args.queries().count());
                var pairs = new GridPairs(grid, coordinates, slot.width(), queries, sources);
                filled.put(grid.corner(), new Reader.Filled(pairs::corner));
                yield pairs;
            }
            case Neighbourhood.Stencil stencil -> {
                var raster = (Queries.Raster) args.queries();
                var pairs = new StencilPairs(stencil, raster, sources, false);
                if (stencil.offset() != null) {
                    filled.put(stencil.offset(), new Reader.Filled(pairs::offset));
                }
                yield pairs;
            }
            default -> new ListPairs(args.lists());
        };
    }

    /** Sums of each query first, then their sum. */
    private void totalOfPairs(boolean isDense) {
        var sums = new HashMap<String, Array>();
        long rows = args.queries().count();
        long bytes = rows * kernel.outputWidth() * Double.BYTES;
        resources.budget().take(bytes, "sums of kernel " + kernel.name());
        try {
            for (Output output : kernel.outputs()) {
                sums.put(output.name(), Array.zeros(ElementType.F64, rows, output.width()));
            }
            if (isDense) {
                dense(results(sums));
            } else {
                listed(results(sums));
            }
            sums.forEach((name, ofRows) -> total(ofRows, written.get(name)));
        } finally {
            resources.budget().release(bytes);
        }
    }

    private void total(Array rows, Array into) {
        int width = into.width();
        var sums = new Sums(width, 1);
        for (long k = 0; k < rows.elements(); k++) {
            if (k % LOOK == 0) {
                resources.cancel().check();
            }
            sums.add((int) (k % width), 0, rows.get(k));
        }
        for (int c = 0; c < width; c++) {
            into.set(c, sums.get(c, 0));
        }
    }

    private void composite() {
        boolean isGradient = reduction.kind() == Reduction.Kind.COMPOSITE_INTO_SOURCES;
        var lateSlots = new ArrayList<String>();
        kernel.slots(Slot.Role.PAIR).forEach(s -> lateSlots.add(s.name()));
        var plan = new Plan(kernel, false, Set.copyOf(lateSlots));
        var cotangents = new Cotangents(reduction, arrays);
        Map<String, Reader> filled = isGradient ? cotangents.readers() : Map.of();
        try (Boxes boxes = boxes();
                Job job = job(plan, filled)) {
            var walk = new CompositeWalk(job, reduction, args, arrays, boxes);
            if (isGradient) {
                walk.intoSources(cotangents, written);
            } else {
                walk.forward(written);
            }
        }
    }
}
