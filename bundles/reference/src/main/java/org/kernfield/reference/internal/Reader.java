package org.kernfield.reference.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Queries;
import org.kernfield.kernel.Slot;

import java.util.List;
import java.util.Map;

/** Where the numbers of a slot come from. */
@FunctionalInterface
interface Reader {
    double get(int row, int component);

    /** The least that the number may be; other than {@link #get} only where it was computed. */
    default double low(int row, int component) {
        return get(row, component);
    }

    /** The greatest that the number may be. */
    default double high(int row, int component) {
        return get(row, component);
    }

    /**
     * One for each slot.
     *
     * @param filled those of the slots that are not bound
     */
    static Reader[] of(
            List<Slot> slots,
            Args args,
            Map<String, ReferenceBuffer> buffers,
            Map<String, Reader> filled) {
        return slots.stream()
                .map(
                        s ->
                                filled.containsKey(s.name())
                                        ? filled.get(s.name())
                                        : of(s, args, buffers))
                .toArray(Reader[]::new);
    }

    private static Reader of(Slot slot, Args args, Map<String, ReferenceBuffer> buffers) {
        if (slot.role() == Slot.Role.UNIFORM) {
            double[] values = args.uniforms().get(slot.name());
            return (row, component) -> values[component];
        }
        if (args.queries() instanceof Queries.Raster raster && raster.slot().equals(slot.name())) {
            int width = raster.width();
            return (row, component) -> (component == 0 ? row % width : row / width) + 0.5;
        }
        return of(buffers.get(slot.name()).values(), slot.width());
    }

    /** Rows of an array. */
    static Reader of(double[] values, int width) {
        return (row, component) -> values[row * width + component];
    }
}
