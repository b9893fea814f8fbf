package org.kernfield.backend;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a recorded reduction reads; as {@link Args}, but of nodes. A node bound to a uniform has one
 * row, which is read to the host.
 *
 * @param queries the rows to run over
 * @param nodes by slot name
 * @param uniforms by slot name, those that are no nodes
 * @param lists for reductions over {@link Neighbourhood#LISTS}, else null
 */
public record TapeArgs(
        Queries queries,
        Map<String, Tape.Node> nodes,
        Map<String, double[]> uniforms,
        NeighbourLists lists) {
    public TapeArgs {
        nodes = Map.copyOf(nodes);
        uniforms = Map.copyOf(uniforms);
    }

    /** Arguments over {@code n} rows. */
    public static TapeArgs rows(long n) {
        return new TapeArgs(new Queries.Rows(n), Map.of(), Map.of(), null);
    }

    /** Arguments over the pixels of a picture, whose centres the input {@code slot} receives. */
    public static TapeArgs raster(String slot, int width, int height) {
        return new TapeArgs(new Queries.Raster(slot, width, height), Map.of(), Map.of(), null);
    }

    /** These arguments and a node for {@code slot}. */
    public TapeArgs with(String slot, Tape.Node node) {
        var more = new LinkedHashMap<>(nodes);
        more.put(slot, Objects.requireNonNull(node, slot));
        return new TapeArgs(queries, more, uniforms, lists);
    }

    /** These arguments and numbers for the uniform {@code slot}. */
    public TapeArgs with(String slot, double... values) {
        var more = new LinkedHashMap<>(uniforms);
        more.put(slot, values.clone());
        return new TapeArgs(queries, nodes, more, lists);
    }

    /** These arguments with the sources of each query. */
    public TapeArgs with(NeighbourLists neighbours) {
        return new TapeArgs(queries, nodes, uniforms, neighbours);
    }
}
