package org.kernfield.testkit;

import org.kernfield.backend.Args;
import org.kernfield.backend.Neighbourhood.Grid;
import org.kernfield.backend.Neighbourhood.Lists;
import org.kernfield.backend.Neighbourhood.Stencil;
import org.kernfield.backend.Queries.Raster;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Slot;

import java.util.HashSet;
import java.util.function.Consumer;

/** Visits pairs one at a time, each made up from its query when it is asked for. */
record SinglePairs(Reduction reduction, Args args, SinglePrecision.Fault fault) {
    /**
     * A pair.
     *
     * @param row of a bound pair slot
     * @param filled numbers of the slot that the neighbourhood fills
     */
    record Pair(int query, int source, int row, float... filled) {}

    private int sources() {
        return reduction.kernel().slots(Slot.Role.PARAM).isEmpty()
                ? 0
                : (int) args.sources(reduction);
    }

    void each(int query, Consumer<Pair> action) {
        switch (reduction.over()) {
            case Lists lists -> listed(query, action);
            case Grid grid -> corners(query, grid, action);
            case Stencil stencil -> pixels(query, stencil, action);
            default -> {
                int count = sources();
                boolean forgets = fault == SinglePrecision.Fault.FORGETS_LAST_SOURCE && count > 64;
                for (int j = 0; j < (forgets ? count - 1 : count); j++) {
                    action.accept(new Pair(query, j, query * count + j));
                }
            }
        }
    }

    private void listed(int query, Consumer<Pair> action) {
        int[] offsets = args.lists().offsets();
        var seen = new HashSet<Integer>();
        for (int e = offsets[query]; e < offsets[query + 1]; e++) {
            int source = args.lists().indices()[e];
            if (seen.add(source) || fault != SinglePrecision.Fault.NAMES_DOUBLES_ONCE) {
                action.accept(new Pair(query, source, e));
            }
        }
    }

    private void corners(int query, Grid grid, Consumer<Pair> action) {
        int d = reduction.kernel().slot(grid.slot()).width();
        float[] x = SingleBuffer.of(args.buffers().get(grid.slot()));
        long side = (long) Math.ceil(grid.resolution()) + 1;
        long all = 1;
        for (int c = 0; c < d; c++) {
            all *= side;
        }
        for (int corner = 0; corner < 1 << d && sources() > 0; corner++) {
            var place = new float[d];
            long number = 0;
            long hash = 0;
            long[] factors = {1, 2654435761L, 805459861L, 3674653429L};
            for (int c = d - 1; c >= 0; c--) {
                double at = Math.floor(x[query * d + c] * grid.resolution());
                long cell = !(at > 0) ? 0 : at > side - 2 ? side - 2 : (long) at;
                long k = cell + (corner >> c) % 2;
                place[c] = k;
                number = number * side + k;
                hash ^= k * factors[c];
            }
            long owner = sources() >= all ? number : (hash & 0xFFFFFFFFL) % sources();
            action.accept(new Pair(query, (int) owner, -1, place));
        }
    }

    private void pixels(int query, Stencil stencil, Consumer<Pair> action) {
        var raster = (Raster) args.queries();
        for (var offset : stencil.offsets()) {
            int u = query % raster.width() + offset.dx();
            int v = query / raster.width() + offset.dy();
            boolean inRow = u >= 0 && u < raster.width();
            boolean inColumn = v >= 0 && v < raster.height();
            int pixel = v * raster.width() + u;
            boolean wraps =
                    fault == SinglePrecision.Fault.WRAPS_RASTER && pixel >= 0 && pixel < sources();
            if (sources() > 0 && (inRow && inColumn || wraps)) {
                action.accept(new Pair(query, pixel, -1, offset.dx(), offset.dy()));
            }
        }
    }
}
