package org.kernfield.nd4j.internal;

import org.kernfield.backend.Queries;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All pairs, or those whose boxes may meet: blocks of a group of rows on one side and a stretch of
 * rows on the other. What one side alone determines is computed for that side alone.
 */
final class DenseWalk {
    /** Rows of results of a part over all pairs. */
    private static final int GROUP = 64;

    /** Queries of a tile. */
    private static final int TILE = 256;

    private final Job job;

    /** Of the sources, or null for all pairs. */
    private final Boxes boxes;

    private final int[] allSources;

    DenseWalk(Job job, Boxes boxes) {
        this.job = job;
        this.boxes = boxes;
        job.take((long) Integer.BYTES * job.sources, "sources of kernel " + job.kernel.name());
        this.allSources = Job.range(0, job.sources);
    }

    /** Makes what gathers a part, from its rows. */
    @FunctionalInterface
    interface Folding {
        Fold of(int[] rows);
    }

    /** Gathers rows of queries. */
    void ofQueries(Queries queries, Folding folding, Results results) {
        QueryTiles tiles =
                boxes == null
                        ? QueryTiles.of(new Queries.Rows(queries.count()), GROUP)
                        : QueryTiles.of(queries, TILE);
        int stretch = Math.max(1, job.pairs() / tiles.rowsOfTile());
        job.blocks(tiles.rowsOfTile(), Math.min(stretch, Math.max(1, job.sources)), tiles.count());
        job.inParts(
                tiles.count(),
                (block, part) -> {
                    int[] rows = tiles.rows(part);
                    Fold fold = folding.of(rows);
                    sweep(block, rows, stretch, fold);
                    fold.store(results, rows, rows.length);
                });
    }

    /** A part's queries against the sources near them. */
    private void sweep(Block block, int[] rows, int stretch, Fold fold) {
        block.queries(rows, rows.length);
        int[] near = near(rows);
        for (int from = 0; from < near.length; from += stretch) {
            int count = Math.min(stretch, near.length - from);
            int[] some = slice(near, from, count);
            block.sources(some, count);
            block.pairs((q, s) -> (long) rows[q] * job.sources + some[s]);
            fold.dense(block, false, some);
        }
    }

    private int[] near(int[] rows) {
        return boxes == null
                ? allSources
                : boxes.meeting(job.reader(boxes.slot()), rows, rows.length, allSources);
    }

    private static int[] slice(int[] rows, int from, int count) {
        return from == 0 && count == rows.length
                ? rows
                : Arrays.copyOfRange(rows, from, from + count);
    }

    /** Sums rows of sources over all queries. */
    void sumIntoSources(Queries queries, Results results) {
        if (boxes == null) {
            sumAll(results);
        } else {
            sumTiles(queries, results);
        }
    }

    private void sumAll(Results results) {
        int stretch = Math.max(1, job.pairs() / GROUP);
        int parts = Math.ceilDiv(job.sources, GROUP);
        job.blocks(stretch, GROUP, parts);
        job.inParts(
                parts,
                (block, part) -> {
                    int first = part * GROUP;
                    int[] rows = Job.range(first, Math.min(GROUP, job.sources - first));
                    var fold = new SumFold(results.width(), rows.length);
                    block.sources(rows, rows.length);
                    for (int from = 0; from < job.queries; from += stretch) {
                        int[] some = Job.range(from, Math.min(stretch, job.queries - from));
                        block.queries(some, some.length);
                        block.pairs((q, s) -> (long) some[q] * job.sources + rows[s]);
                        fold.dense(block, true, some);
                    }
                    fold.store(results, rows, rows.length);
                });
    }

    private void sumTiles(Queries queries, Results results) {
        QueryTiles tiles = QueryTiles.of(queries, TILE);
        int stretch = Math.max(1, job.pairs() / TILE);
        int width = results.width();
        job.blocks(TILE, stretch, tiles.count());
        Sums totals =
                TileSums.of(
                        job,
                        tiles.count(),
                        width,
                        (block, tile) -> shares(block, tiles.rows(tile), stretch, width));
        for (int j = 0; j < job.sources; j++) {
            job.look(j);
            for (int r = 0; r < width; r++) {
                results.set(j, r, totals.get(r, j));
            }
        }
    }

    private List<TileSums.Share> shares(Block block, int[] rows, int stretch, int width) {
        var shares = new ArrayList<TileSums.Share>();
        block.queries(rows, rows.length);
        int[] near = near(rows);
        for (int from = 0; from < near.length; from += stretch) {
            int[] some = slice(near, from, Math.min(stretch, near.length - from));
            block.sources(some, some.length);
            block.pairs((q, s) -> (long) rows[q] * job.sources + some[s]);
            var sums = new SumFold(width, some.length);
            sums.dense(block, true, rows);
            shares.add(new TileSums.Share(some, sums.sums()));
        }
        return shares;
    }
}
