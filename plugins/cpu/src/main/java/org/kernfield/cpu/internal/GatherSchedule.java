package org.kernfield.cpu.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Slot;

import java.util.Map;

/** Runs a sum whose results belong to the queries. */
final class GatherSchedule {
    /** Queries of a part, so that its sums stay in the nearest cache. */
    private static final int PART = 512;

    /** Sources of a partial sum: bounds the rounding of long sums, and stays in cache. */
    private static final int SOURCES = 64;

    /** Rows of pixels of a strip. */
    private static final int STRIP = 16;

    /** Mean number of boxes over a pixel from which looking at every source pays. */
    private static final int CROWDED = 64;

    private final CpuSession session;
    private final CompiledPairs pairs;

    GatherSchedule(CpuSession session, CompiledPairs pairs) {
        this.session = session;
        this.pairs = pairs;
    }

    void run(Args args, Map<String, Buffer> outputs) {
        Planes out = Planes.of(pairs.kernel, outputs);
        float[] uniforms = pairs.uniforms.pack(args);
        int count = sources(args);
        int queries = (int) args.queries().count();
        if (count == 0 || queries == 0) {
            out.clear(0, queries);
            return;
        }
        var sources = new Sources(session, args, uniforms, count);
        if (pairs.isTruncated && args.queries() instanceof Queries.Raster raster) {
            var boxes = new Boxes(session, raster, count);
            boxes.fromSupport(pairs.support().orElseThrow(), sources, args);
            if (boxes.area < CROWDED * raster.count()) {
                strips(args, sources, boxes, raster, uniforms, out);
                return;
            }
        }
        dense(args, sources, count, uniforms, out);
    }

    private int sources(Args args) {
        return Math.toIntExact(
                pairs.kernel.slots(Slot.Role.PARAM).isEmpty()
                        ? 0
                        : args.sources(
                                Reduction.sum(
                                        pairs.kernel, org.kernfield.backend.Neighbourhood.ALL)));
    }

    private void dense(Args args, Sources sources, int count, float[] uniforms, Planes out) {
        var variant = pairs.dense();
        long vectors = args.queries().count() / VectorWidth.LANES * count;
        session.warm(variant.warmups(), vectors);
        float[][] source = sources.values(variant);
        Planes in = Planes.of(variant.plan().inputs, args);
        var coordinates = new RasterCoordinates(variant.plan().inputs, args);
        int queries = (int) args.queries().count();
        var resources = session.resources();
        resources
                .workers()
                .forEach(
                        Math.ceilDiv(queries, PART),
                        part -> {
                            int from = part * PART;
                            int end = Math.min(queries, from + PART);
                            int padded = from + VectorWidth.roundUp(end - from);
                            Planes bound = in;
                            if (coordinates.areRead()) {
                                bound = in.copy();
                                coordinates.bind(bound, new float[2 * PART], PART, from, end);
                            }
                            out.clear(from, padded);
                            for (int s = 0; s < count; s += SOURCES) {
                                resources.cancel().check();
                                variant.sum()
                                        .run(
                                                bound.arrays(),
                                                bound.offsets(),
                                                source,
                                                uniforms,
                                                out.arrays(),
                                                out.offsets(),
                                                from,
                                                padded,
                                                s,
                                                Math.min(count, s + SOURCES));
                            }
                        });
    }

    private void strips(
            Args args,
            Sources sources,
            Boxes boxes,
            Queries.Raster raster,
            float[] uniforms,
            Planes out) {
        var variant = pairs.boxes(raster.slot());
        session.warm(variant.warmups(), boxes.area / VectorWidth.LANES);
        float[][] source = sources.values(variant);
        Planes in = Planes.of(variant.plan().inputs, args);
        var lists = new StripLists(session.scratch(), boxes.corners, sources(args), raster, STRIP);
        var resources = session.resources();
        resources
                .workers()
                .forEach(
                        lists.strips(),
                        strip -> {
                            resources.cancel().check();
                            int firstRow = strip * STRIP;
                            int endRow = Math.min(raster.height(), firstRow + STRIP);
                            out.clear(firstRow * raster.width(), endRow * raster.width());
                            strip(
                                    variant.box(),
                                    boxes.corners,
                                    in,
                                    source,
                                    uniforms,
                                    out,
                                    raster,
                                    lists,
                                    strip);
                            if (boxes.hasTails()) {
                                strip(
                                        variant.tail().get(),
                                        boxes.tails,
                                        in,
                                        source,
                                        uniforms,
                                        out,
                                        raster,
                                        lists,
                                        strip);
                            }
                        });
    }

    private static void strip(
            BoxCode code,
            int[] boxes,
            Planes in,
            float[][] source,
            float[] uniforms,
            Planes out,
            Queries.Raster raster,
            StripLists lists,
            int strip) {
        code.run(
                in.arrays(),
                in.offsets(),
                source,
                uniforms,
                out.arrays(),
                out.offsets(),
                raster.width(),
                lists.sources,
                lists.start(strip),
                lists.start(strip + 1),
                boxes,
                strip * STRIP,
                Math.min(raster.height(), (strip + 1) * STRIP),
                null);
    }
}
