package org.kernfield.reference.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Queries;
import org.kernfield.kernel.Slot;

import java.util.Map;

/** Where the numbers of a slot come from. */
@FunctionalInterface
interface Reader {
    double get(int row, int component);

    static Reader of(Slot slot, Args args, Map<String, ReferenceBuffer> buffers) {
        if (slot.role() == Slot.Role.UNIFORM) {
            double[] values = args.uniforms().get(slot.name());
            return (row, component) -> values[component];
        }
        if (args.queries() instanceof Queries.Raster raster && raster.slot().equals(slot.name())) {
            int width = raster.width();
            return (row, component) -> (component == 0 ? row % width : row / width) + 0.5;
        }
        double[] values = buffers.get(slot.name()).values();
        int width = slot.width();
        return (row, component) -> values[row * width + component];
    }
}
