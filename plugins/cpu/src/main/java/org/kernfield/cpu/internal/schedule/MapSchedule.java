package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.cpu.internal.code.CompiledMap;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.memory.RunningSum;
import org.kernfield.kernel.Precision;

import java.util.List;
import java.util.Map;

/** Runs map code over rows in parallel parts, and adds results up where a total is asked for. */
public final class MapSchedule {
    /** Rows of a part: long enough to hide its start, short enough to spread and to cancel. */
    static final int PART = 8192;

    /** Rows of a part of a map, whose cuts nothing depends on: shorter where there are few rows. */
    private static final int LEAST = 1024;

    private final Execution execution;
    private final CompiledMap map;
    private final Precision precision;

    public MapSchedule(Execution execution, CompiledMap map) {
        this.execution = execution;
        this.map = map;
        this.precision = map.kernel.precision();
    }

    public void map(Args args, Map<String, Buffer> outputs) {
        Planes out = Planes.of(map.kernel, outputs);
        int rows = (int) args.queries().count();
        Planes in = Planes.of(map.code.inputs(), args);
        Object uniforms = map.uniforms.pack(precision, args);
        var coordinates = new RasterCoordinates(map.code.inputs(), args);
        int share = Math.ceilDiv(rows, 2 * execution.resources().workers().count());
        int length = Math.clamp(VectorWidth.roundUp(share), LEAST, PART);
        parts(rows, length, (part, from, to) -> run(in, coordinates, uniforms, out, from, to));
    }

    /** Σ over rows, in float64: within parts of a fixed length, then over the parts in order. */
    public void total(Args args, Map<String, Buffer> outputs) {
        int rows = (int) args.queries().count();
        int width = map.kernel.outputWidth();
        Planes in = Planes.of(map.code.inputs(), args);
        Object uniforms = map.uniforms.pack(precision, args);
        var coordinates = new RasterCoordinates(map.code.inputs(), args);
        var partial = new double[Math.ceilDiv(rows, PART)][width];
        parts(
                rows,
                PART,
                (part, from, to) -> {
                    int stride = VectorWidth.roundUp(to - from);
                    Object values = Numbers.array(precision, width * stride);
                    var out = new Planes(width);
                    for (int k = 0; k < width; k++) {
                        out.set(k, values, k * stride - from);
                    }
                    run(in, coordinates, uniforms, out, from, to);
                    for (int k = 0; k < width; k++) {
                        partial[part][k] = Numbers.sum(values, k * stride, k * stride + to - from);
                    }
                });
        Planes total = Planes.of(map.kernel, outputs);
        for (int k = 0; k < width; k++) {
            var sum = new RunningSum();
            for (double[] part : partial) {
                sum.add(part[k]);
            }
            Numbers.set(total.arrays()[k], total.offsets()[k], sum.value());
        }
    }

    private void run(
            Planes in,
            RasterCoordinates coordinates,
            Object uniforms,
            Planes out,
            int from,
            int to) {
        Planes bound = in;
        if (coordinates.areRead()) {
            int stride = VectorWidth.roundUp(to - from);
            bound = in.copy();
            coordinates.bind(bound, Numbers.array(precision, 2 * stride), stride, from, to);
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

    private void parts(int rows, int length, Part body) {
        execution.warm(List.of(map.code.warmup()), rows / VectorWidth.LANES);
        execution.forEach(
                Math.ceilDiv(rows, length),
                part -> {
                    int from = part * length;
                    body.run(part, from, Math.min(rows, from + length));
                });
    }
}
