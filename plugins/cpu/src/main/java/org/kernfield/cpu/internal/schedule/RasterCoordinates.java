package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Instruction;

import java.util.List;

/** Pixel coordinates for a block of queries, where code reads them as planes. */
final class RasterCoordinates {
    private final Queries.Raster raster;
    private final int[] planeOfAxis = {-1, -1};

    RasterCoordinates(List<Instruction.Load> inputs, Args args) {
        raster = args.queries() instanceof Queries.Raster r ? r : null;
        for (int k = 0; k < inputs.size(); k++) {
            if (raster != null && inputs.get(k).slot().name().equals(raster.slot())) {
                planeOfAxis[inputs.get(k).component()] = k;
            }
        }
    }

    boolean areRead() {
        return planeOfAxis[0] >= 0 || planeOfAxis[1] >= 0;
    }

    /**
     * Fills {@code xy} (2 × {@code stride}) for queries {@code from} on and binds it in {@code in}.
     */
    void bind(Planes in, Object xy, int stride, int from, int to) {
        int width = raster.width();
        int column = from % width;
        int row = from / width;
        for (int i = 0; i < to - from; i++) {
            Numbers.set(xy, i, column + 0.5);
            Numbers.set(xy, stride + i, row + 0.5);
            if (++column == width) {
                column = 0;
                row++;
            }
        }
        for (int axis = 0; axis < 2; axis++) {
            if (planeOfAxis[axis] >= 0) {
                in.set(planeOfAxis[axis], xy, axis * stride - from);
            }
        }
    }
}
