package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.cpu.internal.code.CompiledMap;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Planes;

import java.util.List;
import java.util.Map;

/** Runs map code over rows in parallel parts, and adds results up where a total is asked for. */
public final class MapSchedule {
    /** Rows of a part: long enough to hide its start, short enough to spread and to cancel. */
    static final int PART = 8192;

    private final Execution execution;
    private final CompiledMap map;

    public MapSchedule(Execution execution, CompiledMap map) {
        this.execution = execution;
        this.map = map;
    }

    public void map(Args args, Map<String, Buffer> outputs) {
        Planes out = Planes.of(map.kernel, outputs);
        int rows = (int) args.queries().count();
        Planes in = Planes.of(map.code.inputs(), args);
        float[] uniforms = map.uniforms.pack(args);
        var coordinates = new RasterCoordinates(map.code.inputs(), args);
        parts(rows, (part, from, to) -> run(in, coordinates, uniforms, out, from, to));
    }

    /** Σ over rows, in float64: within parts of a fixed length, then over the parts in order. */
    public void total(Args args, Map<String, Buffer> outputs) {
        int rows = (int) args.queries().count();
        int width = map.kernel.outputWidth();
        Planes in = Planes.of(map.code.inputs(), args);
        float[] uniforms = map.uniforms.pack(args);
        var coordinates = new RasterCoordinates(map.code.inputs(), args);
        var partial = new double[Math.ceilDiv(rows, PART)][width];
        parts(
                rows,
                (part, from, to) -> {
                    int stride = VectorWidth.roundUp(to - from);
                    var values = new float[width * stride];
                    var out = new Planes(width);
                    for (int k = 0; k < width; k++) {
                        out.set(k, values, k * stride - from);
                    }
                    run(in, coordinates, uniforms, out, from, to);
                    for (int k = 0; k < width; k++) {
                        double sum = 0;
                        for (int i = 0; i < to - from; i++) {
                            sum += values[k * stride + i];
                        }
                        partial[part][k] = sum;
                    }
                });
        Planes total = Planes.of(map.kernel, outputs);
        for (int k = 0; k < width; k++) {
            double sum = 0;
            for (double[] part : partial) {
                sum += part[k];
            }
            total.arrays()[k][total.offsets()[k]] = (float) sum;
        }
    }

    private void run(
            Planes in,
            RasterCoordinates coordinates,
            float[] uniforms,
            Planes out,
            int from,
            int to) {
        Planes bound = in;
        if (coordinates.areRead()) {
            int stride = VectorWidth.roundUp(to - from);
            bound = in.copy();
            coordinates.bind(bound, new float[2 * stride], stride, from, to);
        }
        map.code
                .code()
                .run(
                        bound.arrays(),
                        bound.offsets(),
                        uniforms,
                        out.arrays(),
                        out.offsets(),
                        from,
                        from + VectorWidth.roundUp(to - from));
    }

    /** A range of rows. */
    interface Part {
        void run(int part, int from, int to);
    }

    private void parts(int rows, Part body) {
        execution.warm(List.of(map.code.warmup()), rows / VectorWidth.LANES);
        execution.forEach(
                Math.ceilDiv(rows, PART),
                part -> {
                    int from = part * PART;
                    body.run(part, from, Math.min(rows, from + PART));
                });
    }
}
