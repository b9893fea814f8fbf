package org.kernfield.splat.field;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.kernel.Slot;
import org.kernfield.scene.Splats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs sums over all splats at points or along rays. */
record SpaceSums(Splats splats) {
    /**
     * A sum for each query.
     *
     * @param queries n rows each, by the sum's input
     * @return n × as wide as its one output
     */
    Array run(Reduction sum, Map<String, Array> queries, Compute compute) {
        var output = sum.kernel().outputs().getFirst();
        long rows = queries.values().iterator().next().rows();
        List<Buffer> buffers = new ArrayList<>();
        try {
            Args args = Args.rows(rows);
            var arrays = splats.arrays();
            for (Slot slot : sum.kernel().slots()) {
                Array values =
                        slot.role() == Slot.Role.INPUT
                                ? queries.get(slot.name())
                                : arrays.get(slot.name());
                Buffer buffer = compute.upload(values);
                buffers.add(buffer);
                args = args.with(slot.name(), buffer);
            }
            Buffer result = compute.allocate(ElementType.F32, rows, output.width());
            buffers.add(result);
            compute.run(sum, args, Map.of(output.name(), result));
            return compute.download(result);
        } finally {
            buffers.forEach(Buffer::close);
        }
    }
}
