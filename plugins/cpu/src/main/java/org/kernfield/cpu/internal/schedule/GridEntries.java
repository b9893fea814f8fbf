package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;

/** The corners of the grid's cell that each query lies in, found when they are asked for. */
final class GridEntries implements Entries {
    private static final int[] HASHES = {1, (int) 2654435761L, 805459861, (int) 3674653429L};

    private final int queries;
    private final int dimensions;
    private final double resolution;
    private final int cells;
    private final int sources;
    private final boolean isDirect;
    private final Planes coordinates;
    private final int rasterWidth;

    GridEntries(Neighbourhood.Grid grid, int dimensions, Args args, int sources) {
        this.dimensions = dimensions;
        this.sources = sources;
        queries = (int) args.queries().count();
        Math.multiplyExact(queries, 1 << dimensions);
        resolution = grid.resolution();
        cells = (int) Math.ceil(resolution);
        isDirect = Math.pow(cells + 1.0, dimensions) <= sources;
        boolean isRaster =
                args.queries() instanceof Queries.Raster r && r.slot().equals(grid.slot());
        rasterWidth = isRaster ? ((Queries.Raster) args.queries()).width() : 0;
        coordinates = isRaster ? null : Planes.of(args.buffers().get(grid.slot()));
    }

    @Override
    public int rows() {
        return queries;
    }

    @Override
    public int start(int row) {
        return sources == 0 ? 0 : row << dimensions;
    }

    @Override
    public void fill(int from, int to, int[] query, int[] source, int[] number) {
        for (int e = from; e < to; e++) {
            int q = e >> dimensions;
            long owner = 0;
            int hash = 0;
            long stride = 1;
            for (int c = 0; c < dimensions; c++) {
                int corner = corner(e, c);
                owner += corner * stride;
                stride *= cells + 1L;
                hash ^= corner * HASHES[c];
            }
            query[e - from] = q;
            source[e - from] = isDirect ? (int) owner : Integer.remainderUnsigned(hash, sources);
            number[e - from] = e;
        }
    }

    /** Coordinate {@code c} of the corner that pair {@code number} is about. */
    int corner(int number, int c) {
        int q = number >> dimensions;
        double x =
                rasterWidth == 0
                        ? Numbers.get(coordinates.arrays()[c], coordinates.offsets()[c] + q)
                        : (c == 0 ? q % rasterWidth : q / rasterWidth) + 0.5;
        // NaN becomes 0 in the conversion
        long cell = (long) Math.floor(x * resolution);
        return (int) Math.clamp(cell, 0, cells - 1) + (number >> c & 1);
    }
}
