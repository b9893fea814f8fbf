package org.kernfield.backend;

import org.kernfield.kernel.Slot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a reduction reads: its queries, a buffer for each input and parameter, numbers for each
 * uniform. One value may serve several reductions: names that a kernel does not know are ignored.
 *
 * @param queries the rows to run over
 * @param buffers by slot name; those of inputs have as many rows as there are queries, those of
 *     parameters as many as there are sources; of pair slots as {@link Reduction.Kind#MATRIX} gives
 *     them
 * @param uniforms by slot name, as many numbers as the slot is wide
 * @param lists for reductions over {@link Neighbourhood#LISTS}, else null
 */
public record Args(
        Queries queries,
        Map<String, Buffer> buffers,
        Map<String, double[]> uniforms,
        NeighbourLists lists) {
    public Args {
        buffers = Map.copyOf(buffers);
        uniforms = Map.copyOf(uniforms);
    }

    public Args(Queries queries, Map<String, Buffer> buffers, Map<String, double[]> uniforms) {
        this(queries, buffers, uniforms, null);
    }

    /** Arguments over {@code n} rows. */
    public static Args rows(long n) {
        return new Args(new Queries.Rows(n), Map.of(), Map.of());
    }

    /** Arguments over the pixels of a picture, whose centres the input {@code slot} receives. */
    public static Args raster(String slot, int width, int height) {
        return new Args(new Queries.Raster(slot, width, height), Map.of(), Map.of());
    }

    /** These arguments and a buffer for {@code slot}. */
    public Args with(String slot, Buffer buffer) {
        var more = new LinkedHashMap<>(buffers);
        more.put(slot, Objects.requireNonNull(buffer, slot));
        return new Args(queries, more, uniforms, lists);
    }

    /** These arguments and numbers for the uniform {@code slot}. */
    public Args with(String slot, double... values) {
        var more = new LinkedHashMap<>(uniforms);
        more.put(slot, values.clone());
        return new Args(queries, buffers, more, lists);
    }

    /** These arguments with the sources of each query. */
    public Args with(NeighbourLists neighbours) {
        return new Args(queries, buffers, uniforms, neighbours);
    }

    /**
     * Number of sources of a reduction: the rows of its parameters.
     *
     * @throws IllegalArgumentException if there are none
     */
    public long sources(Reduction reduction) {
        return reduction.kernel().slots(Slot.Role.PARAM).stream()
                .map(s -> buffers.get(s.name()))
                .filter(Objects::nonNull)
                .mapToLong(Buffer::rows)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        reduction.kernel() + ": no parameter is bound"));
    }
}
