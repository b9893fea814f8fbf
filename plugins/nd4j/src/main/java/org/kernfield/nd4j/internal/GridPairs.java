package org.kernfield.nd4j.internal;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Neighbourhood;

/** The corners of the cell of a grid that each query lies in. */
final class GridPairs implements Pairs {
    /** Factors of the hash, see {@link Neighbourhood.Grid}. */
    private static final int[] HASHES = {1, (int) 2654435761L, 805459861, (int) 3674653429L};

    private final Reader coordinates;
    private final int queries;
    private final int sources;
    private final int dimension;
    private final double resolution;
    private final long cells;
    private final boolean isDirect;

    GridPairs(
            Neighbourhood.Grid grid, Reader coordinates, int dimension, int queries, int sources) {
        this.coordinates = coordinates;
        this.queries = sources == 0 ? 0 : queries;
        this.sources = sources;
        this.dimension = dimension;
        this.resolution = grid.resolution();
        this.cells = (long) Math.ceil(resolution);
        this.isDirect = Math.pow(cells + 1.0, dimension) <= sources;
    }

    @Override
    public int rows() {
        return queries;
    }

    @Override
    public long total() {
        return (long) queries << dimension;
    }

    /** Coordinate of a pair's corner. */
    double corner(long entry, int component) {
        long query = entry >> dimension;
        double cell = Math.floor(coordinates.get(query, component) * resolution);
        // NaN becomes 0 in the conversion
        return Math.clamp((long) cell, 0, cells - 1) + (entry >> component & 1);
    }

    @Override
    public void each(int row, Taker taker) {
        for (int k = 0; k < 1 << dimension; k++) {
            long entry = ((long) row << dimension) + k;
            long owner = 0;
            long stride = 1;
            int hash = 0;
            for (int c = 0; c < dimension; c++) {
                long corner = (long) corner(entry, c);
                owner += corner * stride;
                stride *= cells + 1;
                hash ^= (int) corner * HASHES[c];
            }
            int source = isDirect ? (int) owner : Integer.remainderUnsigned(hash, sources);
            taker.take(row, source, entry);
        }
    }

    @Override
    public long transposedBytes() {
        return OrderedPairs.bytes(total(), sources);
    }

    @Override
    public Pairs transposed(CancelToken cancel) {
        return new OrderedPairs(this, sources, cancel);
    }
}
