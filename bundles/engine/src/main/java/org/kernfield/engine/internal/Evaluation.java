package org.kernfield.engine.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Result;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** One reduction from arrays to arrays, on the best backend. */
record Evaluation(Plugins plugins, Grants grants) {
    Map<String, Array> of(
            Reduction reduction,
            Queries queries,
            Map<String, Array> arrays,
            Map<String, double[]> uniforms) {
        return new LeasedCall(plugins, grants)
                .onBest(
                        "kernfield-evaluation",
                        Duration.ZERO,
                        CancelToken.NONE,
                        compute -> run(compute, reduction, queries, arrays, uniforms));
    }

    private static Map<String, Array> run(
            LeasedCompute compute,
            Reduction reduction,
            Queries queries,
            Map<String, Array> arrays,
            Map<String, double[]> uniforms) {
        Args args = new Args(queries, Map.of(), uniforms);
        for (var entry : arrays.entrySet()) {
            args = args.with(entry.getKey(), compute.upload(entry.getValue()));
        }
        var outputs = new LinkedHashMap<String, Buffer>();
        for (Result result : reduction.results(args)) {
            outputs.put(
                    result.name(), compute.allocate(result.type(), result.rows(), result.width()));
        }
        compute.run(reduction, args, outputs);
        var results = new LinkedHashMap<String, Array>();
        outputs.forEach((name, buffer) -> results.put(name, compute.download(buffer)));
        return results;
    }
}
