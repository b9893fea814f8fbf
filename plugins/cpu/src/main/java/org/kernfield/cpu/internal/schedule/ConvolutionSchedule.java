package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Neighbourhood.Offset;
import org.kernfield.backend.Neighbourhood.Stencil;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.OffsetWeights;
import org.kernfield.kernel.Precision;

import java.util.List;
import java.util.Map;

/**
 * Sums over a stencil whose weights depend on the offset alone. A band of rows is copied into a
 * frame of zeros; there each offset is one shift, so the band is multiplied and added in one run.
 */
final class ConvolutionSchedule {
    /** Rows of a part: the frame and its sums stay in the nearest cache. */
    private static final int BAND = 16;

    private static final int LANES = VectorWidth.LANES;

    private final Execution execution;
    private final Precision precision;
    private final int width;
    private final int height;
    private final List<Offset> offsets;
    private final double[][] weights;
    private final Planes in;
    private final Planes out;
    private final int left;
    private final int above;
    private final int stride;
    private final int below;

    ConvolutionSchedule(
            Execution execution,
            OffsetWeights form,
            double[][] weights,
            Reduction reduction,
            Args args,
            Map<String, Buffer> outputs) {
        this.execution = execution;
        this.weights = weights;
        precision = reduction.kernel().precision();
        var raster = (Queries.Raster) args.queries();
        width = raster.width();
        height = raster.height();
        // into sources it is the neighbours on the other side that add to a pixel
        int sign = reduction.kind().isIntoSources() ? -1 : 1;
        offsets =
                ((Stencil) reduction.over())
                        .offsets().stream()
                                .map(o -> new Offset(sign * o.dx(), sign * o.dy()))
                                .toList();
        in = Planes.of(form.numbers(), args);
        out = Planes.of(reduction.kernel(), outputs);
        left = offsets.stream().mapToInt(o -> Math.max(0, -o.dx())).max().orElseThrow();
        above = offsets.stream().mapToInt(o -> Math.max(0, -o.dy())).max().orElseThrow();
        below = offsets.stream().mapToInt(o -> Math.max(0, o.dy())).max().orElseThrow();
        stride =
                width
                        + left
                        + offsets.stream().mapToInt(o -> Math.max(0, o.dx())).max().orElseThrow();
    }

    /** Whether the frame is not much larger than what it holds, and zeros in it add nothing. */
    static boolean suits(Reduction reduction, double[][] weights, Queries.Raster raster) {
        boolean isNear =
                ((Stencil) reduction.over())
                        .offsets().stream()
                                .allMatch(
                                        o ->
                                                Math.abs(o.dx()) <= raster.width()
                                                        && Math.abs(o.dy()) <= BAND);
        for (double[] line : weights) {
            for (double weight : line) {
                if (!Double.isFinite(weight)) {
                    return false;
                }
            }
        }
        return isNear;
    }

    void run() {
        execution.forEach(
                Math.ceilDiv(height, BAND),
                part -> {
                    Object frame =
                            Numbers.array(precision, (BAND + above + below) * stride + LANES);
                    Object sums = Numbers.array(precision, BAND * stride + LANES);
                    int first = part * BAND;
                    int rows = Math.min(BAND, height - first);
                    for (int c = 0; c < out.count(); c++) {
                        copy(c, first, rows, frame);
                        sum(weights[c], rows, frame, sums);
                        for (int y = 0; y < rows; y++) {
                            Numbers.copy(
                                    sums,
                                    y * stride,
                                    out.arrays()[c],
                                    out.offsets()[c] + (first + y) * width,
                                    width);
                        }
                    }
                });
    }

    /** The rows about a band; those beyond the picture become zeros, as the sides always are. */
    private void copy(int c, int first, int rows, Object frame) {
        for (int y = -above; y < rows + below; y++) {
            int at = (y + above) * stride + left;
            int row = first + y;
            if (row < 0 || row >= height) {
                Numbers.fill(frame, at, at + width, 0);
            } else {
                Numbers.copy(in.arrays()[c], in.offsets()[c] + row * width, frame, at, width);
            }
        }
    }

    private void sum(double[] line, int rows, Object frame, Object sums) {
        // the last row ends with its last pixel; what whole vectors take beyond it is left alone
        int length = (rows - 1) * stride + width;
        var from = new int[line.length];
        for (int t = 0; t < line.length; t++) {
            Offset offset = offsets.get(t);
            from[t] = (above + offset.dy()) * stride + left + offset.dx();
        }
        if (frame instanceof float[] floats) {
            var factors = new float[line.length];
            for (int t = 0; t < line.length; t++) {
                factors[t] = (float) line[t];
            }
            Shifted.sum(floats, from, factors, (float[]) sums, length);
        } else {
            Shifted.sum((double[]) frame, from, line, (double[]) sums, length);
        }
    }
}
