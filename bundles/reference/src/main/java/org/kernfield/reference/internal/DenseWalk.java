package org.kernfield.reference.internal;

import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.kernel.Slot;

import java.util.Map;

/**
 * All pairs, or those whose boxes meet. What the inner row alone determines is evaluated once for a
 * group of outer rows. Sources are summed into one at a time over tiles, because the boxes of
 * neighbours in an array lie anywhere.
 */
final class DenseWalk implements Walk {
    private static final int GROUP = 64;

    private final Job job;
    private final boolean intoSources;

    DenseWalk(Job job, boolean intoSources) {
        this.job = job;
        this.intoSources = intoSources;
    }

    @Override
    public void visit(Gathering gathering) {
        Code code = job.code();
        int outer = intoSources ? job.sources() : job.queries();
        int inner = intoSources ? job.queries() : job.sources();
        int lanes = job.lanes();
        Reader[] readers = job.readers(Map.of());
        boolean tiles = job.reduction().over() instanceof Neighbourhood.Tiles;
        int[] everyRow = Job.range(0, inner);
        Candidates candidates = tiles ? candidates(readers, inner) : (from, to) -> everyRow;
        int group = intoSources && tiles ? 1 : GROUP;
        int[] shared = code.reading(false, false);
        int[] ofOuter = code.reading(!intoSources, intoSources);
        int[] ofInner = code.reading(intoSources, !intoSources);
        int[] ofPair = code.reading(true, true);
        job.inParts(
                outer,
                GROUP,
                part -> {
                    Lanes block = job.block(readers);
                    block.broadcast(shared, 0, lanes);
                    int end = Math.min(outer, (part + 1) * GROUP);
                    for (int from = part * GROUP; from < end; from += group) {
                        int to = Math.min(end, from + group);
                        int[] rows = candidates.of(from, to);
                        for (int first = 0; first < rows.length; first += lanes) {
                            int start = first;
                            int count = Math.min(lanes, rows.length - first);
                            block.evaluate(ofInner, (role, lane) -> rows[start + lane], count);
                            for (int i = from; i < to; i++) {
                                job.resources().cancel().check();
                                Index index = pairs(i, rows, first);
                                block.broadcast(ofOuter, i, count);
                                block.evaluate(ofPair, index, count);
                                gathering.take(i, block, index, count);
                            }
                        }
                    }
                });
    }

    private Index pairs(int outer, int[] rows, int first) {
        int sources = job.sources();
        return (role, lane) -> {
            int inner = rows[first + lane];
            int query = intoSources ? inner : outer;
            int source = intoSources ? outer : inner;
            return switch (role) {
                case INPUT -> query;
                case PARAM -> source;
                case PAIR -> query * sources + source;
                case UNIFORM -> 0;
            };
        };
    }

    private Candidates candidates(Reader[] readers, int inner) {
        var boxes = Boxes.of(job);
        Slot slot = job.code().slots.stream().filter(boxes::bounds).findFirst().orElseThrow();
        Reader bounded = readers[job.code().slots.indexOf(slot)];
        if (!intoSources) {
            return (from, to) -> boxes.meeting(bounded, from, to);
        }
        if (job.args().queries() instanceof Queries.Raster raster && boxes.bounds(raster.slot())) {
            return (from, to) -> boxes.pixels(from, raster);
        }
        return (from, to) -> boxes.inside(from, bounded, inner);
    }

    /** Rows of the inner side that may contribute to outer rows {@code from} to {@code to − 1}. */
    @FunctionalInterface
    private interface Candidates {
        int[] of(int from, int to);
    }
}
