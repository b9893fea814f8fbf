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
        neighbours(reduction, args, queries, sources);
        var filled = reduction.filled();
        for (Slot slot : kernel.slots()) {
            String name = slot.name();
            Buffer bound = args.buffers().get(name);
            switch (slot.role()) {
                case UNIFORM -> uniform(kernel, slot, args.uniforms().get(name));
                case PARAM -> buffer(kernel, slot.toString(), bound, sources, slot.width());
                case INPUT -> {
                    if (name.equals(raster)) {
                        require(slot.width() == 2, kernel, slot + ": a raster fills width 2");
                    } else {
                        buffer(kernel, slot.toString(), bound, queries, slot.width());
                    }
                }
                case PAIR -> {
                    if (!filled.contains(name)) {
                        boolean lists = reduction.over() == Neighbourhood.LISTS;
                        long rows = lists ? args.lists().pairs() : queries;
                        long width = lists ? slot.width() : sources * slot.width();
                        buffer(kernel, slot.toString(), bound, rows, width);
                    }
                }
            }
        }
        if (reduction.kind() == Reduction.Kind.COMPOSITE_INTO_SOURCES) {
            for (Output channel : reduction.channels()) {
                resultAndCotangent(kernel, args, channel.name(), channel.width());
            }
            resultAndCotangent(kernel, args, Compositing.TRANSMITTANCE, 1);
        }
        for (Result result : reduction.results(args)) {
            String place = "output " + result.name();
            Buffer bound = outputs.get(result.name());
            buffer(kernel, place, bound, result.type(), result.rows(), result.width());
        }
        if (reduction.symmetric()) {
            symmetric(kernel, args);
        }
    }

    private static void neighbours(Reduction reduction, Args args, long queries, long sources) {
        Kernel kernel = reduction.kernel();
        if (reduction.over() == Neighbourhood.LISTS) {
            NeighbourLists lists = args.lists();
            require(lists != null, kernel, "lists: not given; add with(lists)");
            require(
                    lists.queries() == queries && lists.sources() == sources,
                    kernel,
                    "lists for %d queries and %d sources: there are %d and %d; make them equal"
                            .formatted(lists.queries(), lists.sources(), queries, sources));
        }
        boolean needsRaster =
                reduction.over() instanceof Neighbourhood.Stencil || reduction.kind().isComposite();
        require(
                !needsRaster || args.queries() instanceof Queries.Raster,
                kernel,
                reduction.kind()
                        + " over "
                        + reduction.over()
                        + ": queries are no raster; use one");
        require(
                !(reduction.over() instanceof Neighbourhood.Stencil)
                        || kernel.slots(Slot.Role.PARAM).isEmpty()
                        || sources == queries,
                kernel,
                "stencil: " + sources + " sources; needs one a pixel, " + queries);
    }

    private static void resultAndCotangent(Kernel kernel, Args args, String name, int width) {
        long queries = args.queries().count();
        buffer(kernel, "result " + name, args.buffers().get(name), queries, width);
        String cotangent = Reduction.cotangent(name);
        buffer(kernel, "cotangent " + cotangent, args.buffers().get(cotangent), queries, width);
    }

    private static void symmetric(Kernel kernel, Args args) {
        var inputs = kernel.slots(Slot.Role.INPUT);
        var params =
                kernel.slots(Slot.Role.PARAM).stream()
                        .filter(s -> !s.name().equals(Kernel.WEIGHT))
                        .toList();
        for (int k = 0; k < inputs.size(); k++) {
            require(
                    args.buffers().get(inputs.get(k).name())
                            == args.buffers().get(params.get(k).name()),
                    kernel,
                    inputs.get(k)
                            + " and "
                            + params.get(k)
                            + " of a symmetric sum: bound to different buffers; bind the same");
        }
    }

    private static void uniform(Kernel kernel, Slot slot, double[] values) {
        require(values != null, kernel, slot + ": not bound; add with(\"" + slot.name() + "\", …)");
        require(
                values.length == slot.width(),
                kernel,
                slot + ": " + values.length + " numbers; give " + slot.width());
    }

    private static void buffer(Kernel kernel, String slot, Buffer buffer, long rows, long width) {
        buffer(kernel, slot, buffer, ElementType.of(kernel.precision()), rows, width);
    }

    private static void buffer(
            Kernel kernel, String slot, Buffer buffer, ElementType type, long rows, long width) {
        require(buffer != null, kernel, slot + ": not bound; add a buffer for it");
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
