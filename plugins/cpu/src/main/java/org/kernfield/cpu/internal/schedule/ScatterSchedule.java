package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.code.CompiledPairs;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.kernel.Instruction;

import java.util.List;
import java.util.Map;

/**
 * Runs a sum whose results belong to the sources; each source has one owner, so nothing is shared.
 */
public final class ScatterSchedule {
    /** Sources of a part: few where there are few, so that all workers have some. */
    private static final int PART = 64;

    private static final int LARGE_PART = 512;

    /** Parts from which they may become larger. */
    private static final int MANY_PARTS = 128;

    /** Mean pixels of boxes up to which they may, so that a cancellation is heard of in time. */
    private static final int SMALL_BOX = 64 * 64;

    /** Plain rows that make up one row of a box: bounds the rounding of long sums. */
    private static final int ROW = 1024;

    private final Execution execution;
    private final CompiledPairs pairs;
    private final Args args;
    private final Planes results;
    private final Object uniforms;
    private final Sources sources;

    public ScatterSchedule(
            Execution execution, CompiledPairs pairs, Args args, Map<String, Buffer> outputs) {
        this.execution = execution;
        this.pairs = pairs;
        this.args = args;
        this.results = Planes.of(pairs.kernel, outputs);
        this.uniforms = pairs.uniforms.pack(pairs.kernel.precision(), args);
        this.sources = new Sources(execution, pairs, args, uniforms);
    }

    public void run() {
        if (sources.count() == 0) {
            return;
        }
        if (args.queries() instanceof Queries.Raster raster) {
            raster(raster);
        } else {
            rows((int) args.queries().count());
        }
    }

    private void raster(Queries.Raster raster) {
        var variant = pairs.boxes(raster.slot());
        var boxes = new Boxes(execution, raster, sources.count());
        if (pairs.isBounding(raster.slot())) {
            boxes.fromSupport(pairs.support().orElseThrow(), sources, args);
        } else {
            boxes.everything();
        }
        execution.warm(variant.warmups(), boxes.area / VectorWidth.LANES);
        var unarranged = bind(variant);
        var arrangement = Arrangement.of(execution, boxes, pairs.kernel.precision());
        var bound = arrangement == null ? unarranged : arrangement.arranged(unarranged, boxes);
        parts(
                partOf(boxes),
                bound.out(),
                (from, to) -> {
                    var memory = bound.boxMemory(variant.plan(), pairs.kernel.precision());
                    int rows = boxes.bandOf(from, to);
                    for (int y = 0; y < raster.height(); y += rows) {
                        execution.resources().cancel().check();
                        int first = y;
                        boxes.forEachKind(
                                (corners, isTail) ->
                                        bound.runIntoSources(
                                                isTail ? variant.tail().get() : variant.box(),
                                                raster.width(),
                                                new BoundPairs.Range(
                                                        from, to, corners, first, first + rows),
                                                memory));
                    }
                });
        finish(variant, arrangement == null ? bound.out() : arrangement.restored(bound.out()));
    }

    private static int partOf(Boxes boxes) {
        return boxes.area > (long) SMALL_BOX * boxes.count()
                ? PART
                : Math.clamp(boxes.count() / MANY_PARTS, PART, LARGE_PART);
    }

    /** Plain rows whose boxes leave out most: runs of cells instead of all. */
    private boolean cells(CompiledPairs.Variant variant) {
        var cells = PointCells.of(execution, pairs, args);
        if (cells == null) {
            return false;
        }
        var bounds = PointCells.Bounds.of(execution, pairs, args, sources);
        var runs = new CellRuns(execution, cells, bounds, sources.count());
        long queries = args.queries().count();
        if (runs.pairs > queries * sources.count() / 4) {
            return false;
        }
        execution.warm(variant.warmups(), runs.pairs / VectorWidth.LANES);
        var unsorted = bind(variant);
        var all = unsorted.with(runs.sorted(execution, pairs.kernel.precision(), unsorted.in()));
        parts(
                PART,
                all.out(),
                (from, to) -> {
                    var bound = part(all, from, to);
                    var memory = bound.boxMemory(variant.plan(), pairs.kernel.precision());
                    var sums = sums(bound, from, to);
                    for (int[] box : runs.boxes(from, to)) {
                        execution.resources().cancel().check();
                        var range = new BoundPairs.Range(0, to - from, box, 0, 1);
                        bound.into(sums.next())
                                .runIntoSources(variant.tail().get(), 0, range, memory);
                    }
                    sums.end(bound.out());
                });
        finish(variant, all.out());
        return true;
    }

    /** Plain rows: a box of one row for each block of {@link #ROW} queries. */
    private void rows(int queries) {
        if (pairs.isTruncated && cells(pairs.dense())) {
            return;
        }
        var tiles = pairs.tiles();
        if (tiles.isPresent()) {
            new StripSchedule(
                            execution,
                            tiles.get(),
                            args,
                            uniforms,
                            results,
                            sources.count(),
                            queries)
                    .run();
            return;
        }
        var variant = pairs.dense();
        execution.warm(variant.warmups(), (long) queries / VectorWidth.LANES * sources.count());
        var all = bind(variant);
        parts(
                PART,
                all.out(),
                (from, to) -> {
                    // sources of this part are numbered from 0, so that the boxes stay few
                    var bound = part(all, from, to);
                    var memory = bound.boxMemory(variant.plan(), pairs.kernel.precision());
                    var sums = sums(bound, from, to);
                    for (int block = 0; block < queries; block += ROW) {
                        execution.resources().cancel().check();
                        var here = bound.into(sums.next());
                        int length = Math.min(ROW, queries - block);
                        int cut = length - length % VectorWidth.LANES;
                        int row = block / ROW;
                        if (cut > 0) {
                            here.runIntoSources(
                                    variant.box(), ROW, boxes(to - from, 0, cut, row), memory);
                        }
                        if (cut < length) {
                            var rest = boxes(to - from, cut, length, row);
                            here.runIntoSources(variant.tail().get(), ROW, rest, memory);
                        }
                    }
                    sums.end(bound.out());
                });
        finish(variant, all.out());
    }

    private BoundPairs part(BoundPairs all, int from, int to) {
        Object[] source = Numbers.arrays(pairs.kernel.precision(), all.source().length);
        for (int k = 0; k < source.length; k++) {
            source[k] = Numbers.copyOfRange(all.source()[k], from, to);
        }
        Planes out = all.out().copy();
        for (int k = 0; k < out.count(); k++) {
            out.offsets()[k] += from;
        }
        return new BoundPairs(all.in(), source, all.uniforms(), out);
    }

    /** The sums of some sources, which are numbered from 0. */
    private LongSums sums(BoundPairs part, int from, int to) {
        var sums = new LongSums(pairs.totals(), pairs.kernel.precision(), part.out().count(), PART);
        sums.begin(0, to - from);
        return sums;
    }

    /** The same box for so many sources. */
    private static BoundPairs.Range boxes(int count, int x0, int x1, int row) {
        var corners = new int[4 * count];
        for (int k = 0; k < corners.length; k += 4) {
            corners[k] = x0;
            corners[k + 1] = x1;
            corners[k + 2] = row;
            corners[k + 3] = row + 1;
        }
        return new BoundPairs.Range(0, count, corners, row, row + 1);
    }

    private BoundPairs bind(CompiledPairs.Variant variant) {
        int terms = variant.plan().sourceTerms.size();
        int stride = VectorWidth.roundUp(sources.count());
        Object sums =
                execution
                        .scratch()
                        .numbers(pairs.kernel.precision(), "sums", (long) terms * stride);
        return new BoundPairs(
                Planes.of(variant.plan().inputs, args),
                sources.values(variant),
                uniforms,
                Planes.consecutive(sums, terms, stride));
    }

    /** A range of sources. */
    private interface Part {
        void run(int from, int to);
    }

    /** Clears the sums of each part's sources and runs it. */
    private void parts(int size, Planes sums, Part body) {
        int count = sources.count();
        execution.forEach(
                Math.ceilDiv(count, size),
                part -> {
                    int from = part * size;
                    int to = Math.min(count, from + size);
                    sums.clear(from, to < count ? to : VectorWidth.roundUp(count));
                    body.run(from, to);
                });
    }

    /** Output components from the sums, a map over sources. */
    private void finish(CompiledPairs.Variant variant, Planes sums) {
        List<Instruction.Load> loads = variant.finish().inputs();
        Planes in = Planes.of(loads, args);
        for (int k = 0; k < loads.size(); k++) {
            if (loads.get(k).slot().name().equals(PairPlan.SOURCE_SUMS)) {
                int sum = loads.get(k).component();
                in.set(k, sums.arrays()[sum], sums.offsets()[sum]);
            }
        }
        sources.map(variant.finish(), in, results);
    }
}
