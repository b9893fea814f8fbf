package org.kernfield.backend;

import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Slot;

import java.util.Map;

/** Says in words what does not fit between a reduction, its arguments and its results. */
public final class ArgsCheck {
    private ArgsCheck() {}

    /**
     * Checks that every slot is bound with the right width and number of rows, every output of the
     * kernel to a buffer of its width, and every buffer of the kernel's precision.
     *
     * @throws IllegalArgumentException naming the kernel, the slot and what was expected
     */
    public static void check(Reduction reduction, Args args, Map<String, Buffer> outputs) {
        Kernel kernel = reduction.kernel();
        long queries = args.queries().count();
        String raster = args.queries() instanceof Queries.Raster r ? r.slot() : null;
        long sources = kernel.slots(Slot.Role.PARAM).isEmpty() ? 0 : args.sources(reduction);
        for (Slot slot : kernel.slots()) {
            switch (slot.role()) {
                case UNIFORM -> uniform(kernel, slot, args.uniforms().get(slot.name()));
                case PARAM ->
                        buffer(
                                kernel,
                                slot.toString(),
                                args.buffers().get(slot.name()),
                                sources,
                                slot.width());
                case INPUT -> {
                    if (slot.name().equals(raster)) {
                        require(slot.width() == 2, kernel, slot + ": a raster fills width 2");
                    } else {
                        buffer(
                                kernel,
                                slot.toString(),
                                args.buffers().get(slot.name()),
                                queries,
                                slot.width());
                    }
                }
            }
        }
        long rows =
                switch (reduction.kind()) {
                    case MAP, SUM -> queries;
                    case SUM_INTO_SOURCES -> sources;
                    case TOTAL -> 1;
                };
        for (Output output : kernel.outputs()) {
            buffer(
                    kernel,
                    "output " + output.name(),
                    outputs.get(output.name()),
                    rows,
                    output.width());
        }
    }

    private static void uniform(Kernel kernel, Slot slot, double[] values) {
        require(values != null, kernel, slot + ": not bound; add with(\"" + slot.name() + "\", …)");
        require(
                values.length == slot.width(),
                kernel,
                slot + ": " + values.length + " numbers; give " + slot.width());
    }

    private static void buffer(Kernel kernel, String slot, Buffer buffer, long rows, int width) {
        require(buffer != null, kernel, slot + ": not bound; add a buffer for it");
        ElementType type = ElementType.of(kernel.precision());
        require(
                buffer.type() == type,
                kernel,
                slot
                        + ": bound to a buffer of "
                        + buffer.type()
                        + ", but the kernel computes in "
                        + type
                        + "; allocate "
                        + type
                        + ", or build the kernel with precision("
                        + buffer.type()
                        + ")");
        require(
                buffer.rows() == rows && buffer.width() == width,
                kernel,
                slot
                        + ": bound to "
                        + buffer.rows()
                        + " × "
                        + buffer.width()
                        + "; needs "
                        + rows
                        + " × "
                        + width);
    }

    private static void require(boolean holds, Kernel kernel, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException("kernel " + kernel.name() + ", " + sentence);
        }
    }
}
