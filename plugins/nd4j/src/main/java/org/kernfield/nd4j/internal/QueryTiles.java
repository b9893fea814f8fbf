package org.kernfield.nd4j.internal;

import org.kernfield.backend.Queries;

/** The queries in groups that lie near each other: squares of pixels, or rows one after another. */
record QueryTiles(Queries queries, int side, int rowsOfTile) {
    /**
     * @param most queries of a tile, a square number
     */
    static QueryTiles of(Queries queries, int most) {
        return new QueryTiles(queries, (int) Math.round(Math.sqrt(most)), most);
    }

    int count() {
        return switch (queries) {
            case Queries.Raster r -> Math.ceilDiv(r.width(), side) * Math.ceilDiv(r.height(), side);
            case Queries.Rows r -> Math.toIntExact(Math.ceilDiv(r.count(), (long) rowsOfTile));
        };
    }

    /** The queries of a tile, ascending. */
    int[] rows(int tile) {
        return switch (queries) {
            case Queries.Raster r -> pixels(r, tile);
            case Queries.Rows r -> {
                int first = tile * rowsOfTile;
                yield Job.range(first, (int) Math.min(rowsOfTile, r.count() - first));
            }
        };
    }

    private int[] pixels(Queries.Raster raster, int tile) {
        int across = Math.ceilDiv(raster.width(), side);
        int left = tile % across * side;
        int top = tile / across * side;
        int width = Math.min(side, raster.width() - left);
        int height = Math.min(side, raster.height() - top);
        var rows = new int[width * height];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = (top + k / width) * raster.width() + left + k % width;
        }
        return rows;
    }
}
