package org.kernfield.reference.internal;

import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Neighbourhood.Grid;
import org.kernfield.backend.Neighbourhood.Stencil;
import org.kernfield.backend.Queries.Raster;

import java.util.Arrays;
import java.util.Map;

/**
 * The pairs of lists, a grid or a stencil written out, query after query.
 *
 * @param query of each pair
 * @param source of each pair
 * @param filled the slot that the neighbourhood fills, a row a pair; empty where it fills none
 */
record Entries(int[] query, int[] source, Map<String, Reader> filled) {
    private static final int[] HASHES = {1, (int) 2654435761L, 805459861, (int) 3674653429L};

    int count() {
        return query.length;
    }

    static Entries of(Job job) {
        return switch (job.reduction().over()) {
            case Grid grid -> corners(job, grid);
            case Stencil stencil -> stencil(job, stencil);
            default -> lists(job.args().lists());
        };
    }

    private static Entries lists(NeighbourLists lists) {
        int[] offsets = lists.offsets();
        var query = new int[lists.indices().length];
        for (int i = 0; i < offsets.length - 1; i++) {
            Arrays.fill(query, offsets[i], offsets[i + 1], i);
        }
        return new Entries(query, lists.indices(), Map.of());
    }

    private static Entries corners(Job job, Grid grid) {
        int sources = job.sources();
        int queries = sources == 0 ? 0 : job.queries();
        int d = job.reduction().kernel().slot(grid.slot()).width();
        Reader coordinates =
                job.readers(Map.of(grid.corner(), (row, component) -> 0))[
                        job.code().slots.indexOf(job.reduction().kernel().slot(grid.slot()))];
        int corners = 1 << d;
        long cells = (long) Math.ceil(grid.resolution());
        boolean direct = Math.pow(cells + 1.0, d) <= sources;
        var query = new int[Math.multiplyExact(queries, corners)];
        var source = new int[query.length];
        var place = new double[Math.multiplyExact(query.length, d)];
        for (int e = 0; e < query.length; e++) {
            query[e] = e / corners;
            long owner = 0;
            int hash = 0;
            long stride = 1;
            for (int c = 0; c < d; c++) {
                double cell = Math.floor(coordinates.get(query[e], c) * grid.resolution());
                // NaN becomes 0 in the conversion
                long corner = Math.min(Math.max((long) cell, 0), cells - 1) + (e >> c & 1);
                place[e * d + c] = corner;
                owner += corner * stride;
                stride *= cells + 1;
                hash ^= (int) corner * HASHES[c];
            }
            source[e] = direct ? (int) owner : Integer.remainderUnsigned(hash, sources);
        }
        return new Entries(query, source, Map.of(grid.corner(), Reader.of(place, d)));
    }

    private static Entries stencil(Job job, Stencil stencil) {
        var raster = (Raster) job.args().queries();
        int pixels = job.sources() == 0 ? 0 : job.queries();
        var offsets = stencil.offsets();
        int most = Math.multiplyExact(pixels, offsets.size());
        var query = new int[most];
        var source = new int[most];
        var offset = new double[Math.multiplyExact(most, 2)];
        int count = 0;
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (var o : offsets) {
                int u = pixel % raster.width() + o.dx();
                int v = pixel / raster.width() + o.dy();
                if (u >= 0 && u < raster.width() && v >= 0 && v < raster.height()) {
                    query[count] = pixel;
                    source[count] = v * raster.width() + u;
                    offset[count * 2] = o.dx();
                    offset[count * 2 + 1] = o.dy();
                    count++;
                }
            }
        }
        return new Entries(
                Arrays.copyOf(query, count),
                Arrays.copyOf(source, count),
                stencil.offset() == null
                        ? Map.of()
                        : Map.of(stencil.offset(), Reader.of(offset, 2)));
    }
}
