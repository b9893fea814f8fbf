package org.kernfield.testkit;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Result;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Slot;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A reduction with all its numbers, to be solved on any backend.
 *
 * @param name for messages
 * @param reduction what is computed
 * @param queries the rows it runs over
 * @param arrays by slot name, one for every input and parameter that the raster does not fill
 * @param uniforms by slot name
 * @param lists of neighbours, null where the reduction needs none
 */
public record Problem(
        String name,
        Reduction reduction,
        Queries queries,
        Map<String, Array> arrays,
        Map<String, double[]> uniforms,
        NeighbourLists lists) {
    public Problem {
        arrays = Map.copyOf(arrays);
        uniforms = Map.copyOf(uniforms);
    }

    public Problem(
            String name,
            Reduction reduction,
            Queries queries,
            Map<String, Array> arrays,
            Map<String, double[]> uniforms) {
        this(name, reduction, queries, arrays, uniforms, null);
    }

    /** The same numbers under another reduction. */
    public Problem with(String newName, Reduction other) {
        return new Problem(newName, other, queries, arrays, uniforms, lists);
    }

    /** The same reduction with one array replaced or added. */
    public Problem with(String slot, Array values) {
        var all = new LinkedHashMap<>(arrays);
        all.put(slot, values);
        return new Problem(name, reduction, queries, all, uniforms, lists);
    }

    /** The same problem in the arithmetic of an element type, F32 or F64. */
    public Problem in(ElementType arithmetic) {
        var precision = Precision.valueOf(arithmetic.name());
        var kernel = reduction.kernel().in(precision);
        return with(name, reduction.of(kernel));
    }

    /** Uploads the arrays and binds everything; one array under two names becomes one buffer. */
    public Args bind(Session session, ElementType type) {
        var args = new Args(queries, Map.of(), uniforms, lists);
        var uploaded = new IdentityHashMap<Array, Buffer>();
        for (var array : arrays.entrySet()) {
            Array values = array.getValue();
            Buffer buffer = uploaded.get(values);
            if (buffer == null) {
                buffer = session.allocate(type, values.rows(), values.width());
                buffer.write(values);
                uploaded.put(values, buffer);
            }
            args = args.with(array.getKey(), buffer);
        }
        return args;
    }

    /** Buffers of zeros for the outputs. */
    public Map<String, Buffer> outputs(Session session, ElementType type, Args args) {
        var outputs = new LinkedHashMap<String, Buffer>();
        for (Result result : reduction.results(args)) {
            var of = result.type() == ElementType.I32 ? ElementType.I32 : type;
            outputs.put(result.name(), session.allocate(of, result.rows(), result.width()));
        }
        return outputs;
    }

    /** The same reduction with other uniforms. */
    public Problem with(Map<String, double[]> others) {
        return new Problem(name, reduction, queries, arrays, others, lists);
    }

    /** The same reduction over other lists. */
    public Problem with(NeighbourLists others) {
        return new Problem(name, reduction, queries, arrays, uniforms, others);
    }

    /** Rows of the parameters. */
    long sources() {
        Slot first = reduction.kernel().slots(Slot.Role.PARAM).getFirst();
        return arrays.get(first.name()).rows();
    }

    /** The results in an arithmetic by output name, row-major, as the backend gives them. */
    public Map<String, double[]> solve(Session session, ElementType type) {
        var args = bind(session, type);
        var outputs = outputs(session, type, args);
        try {
            session.run(in(type).reduction, args, outputs);
            return read(outputs);
        } finally {
            args.buffers().values().forEach(Buffer::close);
            outputs.values().forEach(Buffer::close);
        }
    }

    /** The numbers in buffers. */
    public static Map<String, double[]> read(Map<String, Buffer> buffers) {
        var values = new LinkedHashMap<String, double[]>();
        buffers.forEach((name, buffer) -> values.put(name, read(buffer)));
        return values;
    }

    private static double[] read(Buffer buffer) {
        var values = new double[Math.toIntExact(buffer.rows() * buffer.width())];
        var array = Array.of(buffer.width(), values);
        buffer.read(array);
        return values;
    }

    @Override
    public String toString() {
        return name;
    }
}
