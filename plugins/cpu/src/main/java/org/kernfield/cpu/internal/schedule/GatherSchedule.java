package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.code.BoxCode;
import org.kernfield.cpu.internal.code.CompiledPairs;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;

import java.util.Map;

/** Runs a sum whose results belong to the queries. */
public final class GatherSchedule {
    /** Queries of a part, so that its sums stay in the nearest cache. */
    private static final int PART = 512;

    /** Sources of a partial sum: bounds the rounding of long sums, and stays in cache. */
    private static final int SOURCES = 64;

    /** Mean number of boxes over a pixel from which looking at every source pays. */
    private static final int CROWDED = 64;

    private final Execution execution;
    private final CompiledPairs pairs;
    private final Args args;
    private final Planes out;
    private final Object uniforms;
    private final Sources sources;

    public GatherSchedule(
            Execution execution, CompiledPairs pairs, Args args, Map<String, Buffer> outputs) {
        this.execution = execution;
        this.pairs = pairs;
        this.args = args;
        this.out = Planes.of(pairs.kernel, outputs);
        this.uniforms = pairs.uniforms.pack(pairs.kernel.precision(), args);
        this.sources = new Sources(execution, pairs, args, uniforms);
    }

    public void run() {
        int queries = (int) args.queries().count();
        if (sources.count() == 0 || queries == 0) {
            out.clear(0, queries);
            return;
        }
        if (args.queries() instanceof Queries.Raster raster && pairs.isBounding(raster.slot())) {
            var boxes = new Boxes(execution, raster, sources.count());
            boxes.fromSupport(pairs.support().orElseThrow(), sources, args);
            if (boxes.area < CROWDED * raster.count()) {
                strips(boxes, raster);
                return;
            }
        }
        if (args.queries() instanceof Queries.Rows) {
            var cells = new CellSums(execution, pairs, args, sources);
            if (cells.pays()) {
                cells.run(bind(pairs.dense()), pairs.dense());
                return;
            }
        }
        var tiles = pairs.tiles();
        if (tiles.isPresent() && tiles.get().plan.bothWays.isPresent()) {
            new SymmetricSchedule(execution, tiles.get(), args, uniforms, out, queries).run();
        } else if (tiles.isPresent()) {
            new StripSchedule(execution, tiles.get(), args, uniforms, out, queries, sources.count())
                    .run();
        } else {
            dense(queries);
        }
    }

    private BoundPairs bind(CompiledPairs.Variant variant) {
        return new BoundPairs(
                Planes.of(variant.plan().inputs, args), sources.values(variant), uniforms, out);
    }

    private void dense(int queries) {
        var variant = pairs.dense();
        execution.warm(variant.warmups(), (long) queries / VectorWidth.LANES * sources.count());
        var bound = bind(variant);
        var coordinates = new RasterCoordinates(variant.plan().inputs, args);
        execution.forEach(
                Math.ceilDiv(queries, PART),
                part -> {
                    int from = part * PART;
                    int end = Math.min(queries, from + PART);
                    int padded = from + VectorWidth.roundUp(end - from);
                    var here = bound;
                    if (coordinates.areRead()) {
                        here = bound.with(bound.in().copy());
                        coordinates.bind(
                                here.in(),
                                Numbers.array(pairs.kernel.precision(), 2 * PART),
                                PART,
                                from,
                                end);
                    }
                    var sums =
                            new LongSums(
                                    pairs.totals(), pairs.kernel.precision(), out.count(), PART);
                    sums.begin(from, end);
                    for (int s = 0; s < sources.count(); s += SOURCES) {
                        execution.resources().cancel().check();
                        int last = Math.min(sources.count(), s + SOURCES);
                        here.into(sums.next()).run(variant.sum(), from, padded, s, last);
                    }
                    sums.end(out);
                });
    }

    private void strips(Boxes boxes, Queries.Raster raster) {
        var variant = pairs.boxes(raster.slot());
        execution.warm(variant.warmups(), boxes.area / VectorWidth.LANES);
        var arrangement = Arrangement.of(execution, boxes, pairs.kernel.precision());
        var unarranged = bind(variant);
        var bound = arrangement == null ? unarranged : arrangement.arranged(unarranged, boxes);
        int width = raster.width();
        var strips = new Strips(execution, boxes.corners, sources.count(), raster);
        execution.forEach(
                strips.count(),
                strip -> {
                    int firstRow = strips.firstRow(strip);
                    int endRow = strips.endRow(strip);
                    out.clear(firstRow * width, endRow * width);
                    var memory = bound.boxMemory(variant.plan(), pairs.kernel.precision());
                    boxes.forEachKind(
                            (corners, isTail) -> {
                                BoxCode code = isTail ? variant.tail().get() : variant.box();
                                strips.forEach(
                                        strip,
                                        (from, to) ->
                                                bound.run(
                                                        code,
                                                        width,
                                                        new BoundPairs.Range(
                                                                from, to, corners, firstRow,
                                                                endRow),
                                                        memory));
                            });
                });
    }
}
