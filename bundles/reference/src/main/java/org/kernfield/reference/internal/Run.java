package org.kernfield.reference.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Slot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One call: the terms of a reduction added row by row in the order of the rows they come from,
 * whatever the number of threads.
 */
public final class Run {
    /** Rows of queries or sources that a part sums into together. */
    private static final int GROUP = 64;

    /** Rows of a map or total in one part. */
    private static final int MAP_GROUP = 2048;

    private final Reduction reduction;
    private final Args args;
    private final Map<String, ReferenceBuffer> buffers;
    private final Evaluation evaluation;
    private final Resources resources;
    private final Code code;
    private final Reader[] readers;
    private final int width;

    public Run(
            Reduction reduction,
            Args args,
            Map<String, ReferenceBuffer> buffers,
            Evaluation evaluation,
            Resources resources) {
        this.reduction = reduction;
        this.args = args;
        this.buffers = buffers;
        this.evaluation = evaluation;
        this.resources = resources;
        this.code = new Code(reduction.kernel());
        this.width = code.results.length;
        this.readers =
                code.slots.stream()
                        .map(slot -> Reader.of(slot, args, buffers))
                        .toArray(Reader[]::new);
    }

    /** The result of each output, row-major. */
    public Map<String, double[]> results() {
        int queries = Math.toIntExact(args.queries().count());
        int rows = reduction.kind() == Reduction.Kind.SUM_INTO_SOURCES ? sources() : queries;
        return within(
                2L * Double.BYTES * rows * width,
                "results of ",
                () ->
                        split(
                                switch (reduction.kind()) {
                                    case MAP -> map(queries);
                                    case TOTAL -> total(queries);
                                    case SUM -> pairs(queries, sources(), false);
                                    case SUM_INTO_SOURCES -> pairs(sources(), queries, true);
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    reduction.kind() + ": not by the reference");
                                }));
    }

    /** A kernel without parameters has no sources, and its sum no terms. */
    private int sources() {
        return reduction.kernel().slots(Slot.Role.PARAM).isEmpty()
                ? 0
                : Math.toIntExact(args.sources(reduction));
    }

    private double[] map(int rows) {
        var results = new double[Math.multiplyExact(rows, width)];
        eachBlock(
                rows,
                (part, first, lanes, block) -> {
                    for (int r = 0; r < width; r++) {
                        double[] terms = block.terms(r, lanes);
                        for (int k = 0; k < lanes; k++) {
                            results[(first + k) * width + r] = terms[k];
                        }
                    }
                });
        return results;
    }

    private double[] total(int rows) {
        var partial = new double[parts(rows, MAP_GROUP)][width];
        eachBlock(
                rows,
                (part, first, lanes, block) -> {
                    for (int r = 0; r < width; r++) {
                        partial[part][r] = sum(partial[part][r], block.terms(r, lanes), lanes);
                    }
                });
        var total = new double[width];
        for (double[] part : partial) {
            for (int r = 0; r < width; r++) {
                total[r] += part[r];
            }
        }
        return total;
    }

    @FunctionalInterface
    private interface Block {
        void take(int part, int first, int lanes, Lanes block);
    }

    private void eachBlock(int rows, Block action) {
        int lanes = Lanes.lanes(code.lines);
        int[] all = IntStream.range(0, code.lines).toArray();
        inParts(
                parts(rows, MAP_GROUP),
                lanes,
                part -> {
                    Lanes block = evaluation.on(code, readers, lanes);
                    int end = Math.min(rows, (part + 1) * MAP_GROUP);
                    for (int first = part * MAP_GROUP; first < end; first += lanes) {
                        resources.cancel().check();
                        int count = Math.min(lanes, end - first);
                        block.evaluate(all, range(first, count), 0, count);
                        action.take(part, first, count, block);
                    }
                });
    }

    /**
     * Sums over pairs: {@code outer} rows of results, {@code inner} terms each. Sources are summed
     * into one at a time, because the boxes of neighbours in an array lie anywhere.
     */
    private double[] pairs(int outer, int inner, boolean intoSources) {
        var results = new double[Math.multiplyExact(outer, width)];
        int lanes = Lanes.lanes(code.lines);
        var candidates = candidates(inner, intoSources);
        int group = intoSources && reduction.over() instanceof Neighbourhood.Tiles ? 1 : GROUP;
        int[] shared = code.reading(false, false);
        int[] ofOuter = code.reading(!intoSources, intoSources);
        int[] ofInner = code.reading(intoSources, !intoSources);
        int[] ofPair = code.reading(true, true);
        inParts(
                parts(outer, GROUP),
                lanes,
                part -> {
                    Lanes block = evaluation.on(code, readers, lanes);
                    block.broadcast(shared, new int[1], lanes);
                    int end = Math.min(outer, (part + 1) * GROUP);
                    for (int from = part * GROUP; from < end; from += group) {
                        int to = Math.min(end, from + group);
                        int[] rows = candidates.of(from, to);
                        for (int first = 0; first < rows.length; first += lanes) {
                            int count = Math.min(lanes, rows.length - first);
                            block.evaluate(ofInner, rows, first, count);
                            for (int i = from; i < to; i++) {
                                resources.cancel().check();
                                block.broadcast(ofOuter, new int[] {i}, count);
                                block.evaluate(ofPair, rows, first, count);
                                for (int r = 0; r < width; r++) {
                                    int at = i * width + r;
                                    results[at] = sum(results[at], block.terms(r, count), count);
                                }
                            }
                        }
                    }
                });
        return results;
    }

    private Candidates candidates(int inner, boolean intoSources) {
        if (!(reduction.over() instanceof Neighbourhood.Tiles)) {
            int[] all = range(0, inner);
            return (from, to) -> all;
        }
        var boxes = Boxes.of(reduction.kernel(), args, buffers, resources);
        Slot slot = code.slots.stream().filter(boxes::bounds).findFirst().orElseThrow();
        Reader bounded = readers[code.slots.indexOf(slot)];
        if (!intoSources) {
            return (from, to) -> boxes.meeting(bounded, from, to);
        }
        if (args.queries() instanceof Queries.Raster raster && boxes.bounds(raster.slot())) {
            return (from, to) -> boxes.pixels(from, raster);
        }
        return (from, to) -> boxes.inside(from, bounded, inner);
    }

    /** Rows of the inner side that may contribute to outer rows {@code from} to {@code to − 1}. */
    @FunctionalInterface
    private interface Candidates {
        int[] of(int from, int to);
    }

    private static double sum(double start, double[] terms, int count) {
        double sum = start;
        for (int k = 0; k < count; k++) {
            sum += terms[k];
        }
        return sum;
    }

    private void inParts(int parts, int lanes, IntConsumer part) {
        int threads = Math.min(parts, resources.workers().count());
        within(
                Lanes.bytes(code.lines, lanes) * threads,
                "scratch of ",
                () -> {
                    resources.workers().forEach(parts, part);
                    return parts;
                });
    }

    private <T> T within(long bytes, String what, Supplier<T> work) {
        resources.budget().take(bytes, what + "kernel " + reduction.kernel().name());
        try {
            return work.get();
        } finally {
            resources.budget().release(bytes);
        }
    }

    private static int parts(int rows, int group) {
        return Math.ceilDiv(rows, group);
    }

    private static int[] range(int first, int count) {
        return IntStream.range(first, first + count).toArray();
    }

    private Map<String, double[]> split(double[] results) {
        var byOutput = new LinkedHashMap<String, double[]>();
        int rows = results.length / width;
        int offset = 0;
        for (Output output : reduction.kernel().outputs()) {
            var values = new double[rows * output.width()];
            for (int i = 0; i < rows; i++) {
                System.arraycopy(
                        results, i * width + offset, values, i * output.width(), output.width());
            }
            byOutput.put(output.name(), values);
            offset += output.width();
        }
        return byOutput;
    }
}
