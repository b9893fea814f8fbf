package org.kernfield.nd4j.internal;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;

/**
 * Neighbours on a raster; seen from the sources, the same offsets the other way round.
 *
 * @param sources one a pixel, or none for a kernel without parameters
 * @param fromSources whether rows of results are sources
 */
record StencilPairs(
        Neighbourhood.Stencil stencil, Queries.Raster raster, int sources, boolean fromSources)
        implements Pairs {
    @Override
    public int rows() {
        return sources;
    }

    @Override
    public long total() {
        return (long) sources * stencil.offsets().size();
    }

    /** dx or dy of the offset that an entry is about. */
    double offset(long entry, int component) {
        var offset = stencil.offsets().get((int) (entry % stencil.offsets().size()));
        return component == 0 ? offset.dx() : offset.dy();
    }

    @Override
    public void each(int row, Taker taker) {
        int count = stencil.offsets().size();
        int sign = fromSources ? -1 : 1;
        // from the sources, queries ascend if the offsets descend; any fixed order will do
        for (int k = 0; k < count; k++) {
            var offset = stencil.offsets().get(k);
            int u = row % raster.width() + sign * offset.dx();
            int v = row / raster.width() + sign * offset.dy();
            if (u >= 0 && u < raster.width() && v >= 0 && v < raster.height()) {
                int other = v * raster.width() + u;
                int query = fromSources ? other : row;
                taker.take(query, fromSources ? row : other, (long) query * count + k);
            }
        }
    }

    @Override
    public long transposedBytes() {
        return 0;
    }

    @Override
    public Pairs transposed(CancelToken cancel) {
        return new StencilPairs(stencil, raster, sources, !fromSources);
    }
}
