package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.cpu.internal.code.CompiledPairs;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Precision;

import java.util.Arrays;

/**
 * Sums over those pairs of plain rows whose boxes meet, cell by cell of a grid over the rows: a
 * cell's rows and the values of the sources that meet it are gathered next to each other.
 */
final class CellSums {
    /** Sources that are gathered at a time. */
    private static final int SOURCES = 128;

    /** Rows of a cell that are taken at a time. */
    private static final int ROWS = 256;

    /** Cells of a part. */
    private static final int PART = 8;

    private final Execution execution;
    private final CompiledPairs pairs;
    private final Args args;
    private final Sources sources;
    private final Precision precision;
    private final int count;
    private PointCells cells;
    private int[] starts;
    private int[] lists;
    private long vectors;

    CellSums(Execution execution, CompiledPairs pairs, Args args, Sources sources) {
        this.execution = execution;
        this.pairs = pairs;
        this.args = args;
        this.sources = sources;
        this.precision = pairs.kernel.precision();
        this.count = (int) args.queries().count();
    }

    /** Sorts rows and sources into cells; gives whether that leaves out most pairs. */
    boolean pays() {
        cells = PointCells.of(execution, pairs, args);
        return cells != null && list(PointCells.Bounds.of(execution, pairs, args, sources));
    }

    private boolean list(PointCells.Bounds bounds) {
        int m = sources.count();
        starts = execution.scratch().ints("cell list starts", cells.cells() + 2L);
        Arrays.fill(starts, 0, cells.cells() + 2, 0);
        long[] work = {0, 0};
        for (int j = 0; j < m; j++) {
            poll(j);
            cells.forEach(
                    bounds.lows(),
                    bounds.highs(),
                    j,
                    (from, to) -> {
                        for (int cell = from; cell < to; cell++) {
                            starts[cell + 2]++;
                        }
                        work[0] += to - from;
                        work[1] += cells.pointStarts[to] - cells.pointStarts[from];
                    });
            if (work[1] > (long) count * m / 4 || work[0] > Integer.MAX_VALUE - 8) {
                return false;
            }
        }
        vectors = work[1] / VectorWidth.LANES;
        for (int k = 2; k <= cells.cells() + 1; k++) {
            starts[k] += starts[k - 1];
        }
        lists = execution.scratch().ints("cell lists", work[0]);
        for (int j = 0; j < m; j++) {
            int source = j;
            poll(j);
            cells.forEach(
                    bounds.lows(),
                    bounds.highs(),
                    j,
                    (from, to) -> {
                        for (int cell = from; cell < to; cell++) {
                            lists[starts[cell + 1]++] = source;
                        }
                    });
        }
        return true;
    }

    private void poll(int source) {
        if (source % PointCells.UNINTERRUPTED == 0) {
            execution.resources().cancel().check();
        }
    }

    /** Sums into the queries. */
    void run(BoundPairs bound, CompiledPairs.Variant variant) {
        execution.warm(variant.warmups(), vectors);
        execution.forEach(
                Math.ceilDiv(cells.cells(), PART),
                part -> {
                    var work = new Work(bound, variant);
                    int end = Math.min(cells.cells(), (part + 1) * PART);
                    for (int cell = part * PART; cell < end; cell++) {
                        int last = cells.pointStarts[cell + 1];
                        for (int p = cells.pointStarts[cell]; p < last; p += ROWS) {
                            work.rows(p, Math.min(last, p + ROWS), cell);
                        }
                    }
                });
    }

    /** One thread's copies of some rows and sources. */
    private final class Work {
        private final BoundPairs all;
        private final CompiledPairs.Variant variant;
        private final BoundPairs here;
        private final LongSums sums;
        private final int[] list = new int[SOURCES];
        private final int[] points = new int[ROWS];

        Work(BoundPairs all, CompiledPairs.Variant variant) {
            this.all = all;
            this.variant = variant;
            var source = new Object[all.source().length];
            for (int k = 0; k < source.length; k++) {
                source[k] = Numbers.array(precision, SOURCES);
            }
            int inputs = all.in().count();
            Planes in = Planes.consecutive(Numbers.array(precision, inputs * ROWS), inputs, ROWS);
            here = new BoundPairs(in, source, all.uniforms(), null);
            sums = new LongSums(pairs.totals(), precision, all.out().count(), ROWS);
        }

        void rows(int from, int to, int cell) {
            int n = to - from;
            System.arraycopy(cells.points, from, points, 0, n);
            gather(all.in(), here.in(), n);
            sums.begin(0, n);
            int end = starts[cell + 1];
            for (int s = starts[cell]; s < end; s += SOURCES) {
                execution.resources().cancel().check();
                int m = Math.min(SOURCES, end - s);
                System.arraycopy(lists, s, list, 0, m);
                for (int k = 0; k < here.source().length; k++) {
                    Numbers.gather(all.source()[k], 0, list, m, here.source()[k], 0);
                }
                here.into(sums.next()).run(variant.sum(), 0, VectorWidth.roundUp(n), 0, m);
            }
            write(sums.end(), n);
        }

        private void write(Planes from, int n) {
            for (int k = 0; k < from.count(); k++) {
                Object array = from.arrays()[k];
                int first = from.offsets()[k];
                for (int i = 0; i < n; i++) {
                    Numbers.set(
                            all.out().arrays()[k],
                            all.out().offsets()[k] + points[i],
                            Numbers.get(array, first + i));
                }
            }
        }

        private void gather(Planes from, Planes to, int n) {
            for (int k = 0; k < from.count(); k++) {
                Numbers.gather(
                        from.arrays()[k],
                        from.offsets()[k],
                        points,
                        n,
                        to.arrays()[k],
                        to.offsets()[k]);
            }
        }
    }
}
