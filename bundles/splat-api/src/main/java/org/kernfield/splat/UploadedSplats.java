package org.kernfield.splat;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Tape;
import org.kernfield.field.Compute;

import java.util.ArrayList;
import java.util.List;

/** The splats of a model in a backend's memory, for as long as it is open; float32. */
public final class UploadedSplats implements AutoCloseable {
    private final List<Buffer> buffers = new ArrayList<>();
    private final Buffer means;
    private final Buffer logScales;
    private final Buffer rotations;
    private final Buffer opacities;
    private final Buffer sh;
    private final Buffer attributes;
    private final Buffer filter;

    public UploadedSplats(SplatModel model, Compute compute) {
        var splats = model.splats();
        var arrays = splats.arrays();
        means = upload(arrays.get("means"), compute);
        logScales = upload(arrays.get("logScales"), compute);
        rotations = upload(arrays.get("rotations"), compute);
        opacities = upload(arrays.get("opacities"), compute);
        sh = upload(arrays.get("sh"), compute);
        int n = Math.max(1, splats.count());
        attributes = optional(model.attributes(), model.attributes().length / n, compute);
        filter = optional(model.filter(), 1, compute);
    }

    private Buffer optional(float[] values, int width, Compute compute) {
        return values.length == 0 ? null : upload(Array.of(width, values), compute);
    }

    private Buffer upload(Array values, Compute compute) {
        Buffer buffer = compute.upload(values);
        buffers.add(buffer);
        return buffer;
    }

    /** The splats as variables of a tape, which must not outlive them. */
    public SplatNodes on(Tape tape) {
        return new SplatNodes(
                tape.variable(means),
                tape.variable(logScales),
                tape.variable(rotations),
                tape.variable(opacities),
                tape.variable(sh),
                attributes == null ? null : tape.variable(attributes),
                filter == null ? null : tape.variable(filter),
                null,
                null);
    }

    @Override
    public void close() {
        buffers.forEach(Buffer::close);
        buffers.clear();
    }
}
