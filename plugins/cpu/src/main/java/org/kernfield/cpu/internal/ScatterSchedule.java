package org.kernfield.cpu.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Instruction;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs a sum whose results belong to the sources; each source has one owner, so nothing is shared.
 */
final class ScatterSchedule {
    /** Sources of a part. */
    private static final int PART = 64;

    /** Plain rows that make up one row of a box: bounds the rounding of long sums. */
    private static final int ROW = 1024;

    private final CpuSession session;
    private final CompiledPairs pairs;

    ScatterSchedule(CpuSession session, CompiledPairs pairs) {
        this.session = session;
        this.pairs = pairs;
    }

    void run(Args args, Map<String, Buffer> outputs) {
        int count = Math.toIntExact(args.sources(Reduction.sum(pairs.kernel, Neighbourhood.ALL)));
        if (count == 0) {
            return;
        }
        float[] uniforms = pairs.uniforms.pack(args);
        var sources = new Sources(session, args, uniforms, count);
        CompiledPairs.Variant variant;
        Boxes boxes;
        int stride;
        if (args.queries() instanceof Queries.Raster raster) {
            variant = pairs.boxes(raster.slot());
            boxes = new Boxes(session, raster, count);
            if (pairs.isTruncated) {
                boxes.fromSupport(pairs.support().orElseThrow(), sources, args);
            } else {
                boxes.everything();
            }
            stride = raster.width();
            session.warm(variant.warmups(), boxes.area / VectorWidth.LANES);
        } else {
            variant = pairs.dense();
            boxes = null;
            long vectors = args.queries().count() / VectorWidth.LANES * count;
            session.warm(variant.warmups(), vectors);
            stride = ROW;
        }
        int padded = VectorWidth.roundUp(count);
        int terms = variant.plan().sourceTerms.size();
        float[] sums = session.scratch().floats("sums", (long) terms * padded);
        Arrays.fill(sums, 0, terms * padded, 0f);
        Planes out = Planes.consecutive(sums, terms, padded);
        pairs(args, variant, sources, boxes, stride, count, uniforms, out);
        finish(args, variant, sources, out, Planes.of(pairs.kernel, outputs));
    }

    private void pairs(
            Args args,
            CompiledPairs.Variant variant,
            Sources sources,
            Boxes boxes,
            int stride,
            int count,
            float[] uniforms,
            Planes out) {
        float[][] source = sources.values(variant);
        Planes in = Planes.of(variant.plan().inputs, args);
        int[] list = session.scratch().ints("identity", count);
        Arrays.setAll(list, j -> j);
        int queries = (int) args.queries().count();
        var resources = session.resources();
        resources
                .workers()
                .forEach(
                        Math.ceilDiv(count, PART),
                        part -> {
                            resources.cancel().check();
                            int from = part * PART;
                            int to = Math.min(count, from + PART);
                            var scratch = new float[Math.max(1, out.count()) * VectorWidth.LANES];
                            if (boxes != null) {
                                int rows = boxes.bandOf(from, to);
                                for (int y = 0; y < boxes.rows(); y += rows) {
                                    resources.cancel().check();
                                    band(
                                            variant.box(),
                                            boxes.corners,
                                            in,
                                            source,
                                            uniforms,
                                            out,
                                            stride,
                                            list,
                                            from,
                                            to,
                                            y,
                                            y + rows,
                                            scratch);
                                    if (boxes.hasTails()) {
                                        band(
                                                variant.tail().get(),
                                                boxes.tails,
                                                in,
                                                source,
                                                uniforms,
                                                out,
                                                stride,
                                                list,
                                                from,
                                                to,
                                                y,
                                                y + rows,
                                                scratch);
                                    }
                                }
                            } else {
                                rows(
                                        in, source, uniforms, out, from, to, queries, variant,
                                        scratch);
                            }
                        });
    }

    private static void band(
            BoxCode code,
            int[] boxes,
            Planes in,
            float[][] source,
            float[] uniforms,
            Planes out,
            int stride,
            int[] list,
            int from,
            int to,
            int firstRow,
            int endRow,
            float[] scratch) {
        code.run(
                in.arrays(),
                in.offsets(),
                source,
                uniforms,
                out.arrays(),
                out.offsets(),
                stride,
                list,
                from,
                to,
                boxes,
                firstRow,
                endRow,
                scratch);
    }

    /** Plain rows: a box of one row for each block of {@link #ROW} queries. */
    private void rows(
            Planes in,
            float[][] source,
            float[] uniforms,
            Planes out,
            int from,
            int to,
            int queries,
            CompiledPairs.Variant variant,
            float[] scratch) {
        var corners = new int[4 * (to - from)];
        var list = new int[to - from];
        Arrays.setAll(list, k -> k);
        // sources of this part are numbered from 0, so that the boxes stay small
        var shiftedSource = new float[source.length][];
        for (int k = 0; k < source.length; k++) {
            shiftedSource[k] = Arrays.copyOfRange(source[k], from, to);
        }
        var shifted = out.copy();
        for (int k = 0; k < out.count(); k++) {
            shifted.offsets()[k] += from;
        }
        for (int block = 0; block < queries; block += ROW) {
            session.resources().cancel().check();
            int row = block / ROW;
            int length = Math.min(ROW, queries - block);
            int cut = length - length % VectorWidth.LANES;
            if (cut > 0) {
                fill(corners, 0, cut, row);
                band(
                        variant.box(),
                        corners,
                        in,
                        shiftedSource,
                        uniforms,
                        shifted,
                        ROW,
                        list,
                        0,
                        to - from,
                        0,
                        Integer.MAX_VALUE,
                        scratch);
            }
            if (cut < length) {
                fill(corners, cut, length, row);
                band(
                        variant.tail().get(),
                        corners,
                        in,
                        shiftedSource,
                        uniforms,
                        shifted,
                        ROW,
                        list,
                        0,
                        to - from,
                        0,
                        Integer.MAX_VALUE,
                        scratch);
            }
        }
    }

    private static void fill(int[] corners, int x0, int x1, int row) {
        for (int k = 0; k < corners.length; k += 4) {
            corners[k] = x0;
            corners[k + 1] = x1;
            corners[k + 2] = row;
            corners[k + 3] = row + 1;
        }
    }

    /** Output components from the sums, a map over sources. */
    private void finish(
            Args args, CompiledPairs.Variant variant, Sources sources, Planes sums, Planes out) {
        List<Instruction.Load> loads = variant.finish().inputs();
        Planes in = Planes.of(loads, args);
        for (int k = 0; k < loads.size(); k++) {
            if (loads.get(k).slot().name().equals(PairPlan.SOURCE_SUMS)) {
                int sum = loads.get(k).component();
                in.set(k, sums.arrays()[sum], sums.offsets()[sum]);
            }
        }
        sources.map(variant.finish(), in, out);
    }
}
