package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.code.CompiledMap;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Precision;

/** The pixels whose centres lie in each source's support, part of the sources by part. */
final class SupportPixels {
    /** Rounding of the support's corners in float32, in pixels. */
    private static final double SLACK = 0.002;

    private final Execution execution;
    private final Queries.Raster raster;

    SupportPixels(Execution execution, Queries.Raster raster) {
        this.execution = execution;
        this.raster = raster;
    }

    /**
     * Pixels of some sources, those of the first one at 0. Where a corner is NaN they reach to the
     * raster's edge, so that NaN is seen.
     *
     * @param x0 first column
     * @param x1 end column
     * @param y0 first row
     * @param y1 end row
     */
    record Pixels(int[] x0, int[] x1, int[] y0, int[] y1) {
        boolean isEmpty(int k) {
            return x0[k] >= x1[k] || y0[k] >= y1[k];
        }
    }

    interface Part {
        void run(int from, int to, Pixels pixels);
    }

    /** Runs {@code body} over all sources, {@link MapSchedule#PART} at a time. */
    void forEach(CompiledMap support, Sources sources, Args args, Part body) {
        Precision precision = support.kernel.precision();
        int stride = VectorWidth.roundUp(sources.count());
        Object corners = execution.scratch().numbers(precision, "corners", 4L * stride);
        sources.map(
                support.code,
                Planes.of(support.code.inputs(), args),
                Planes.consecutive(corners, 4, stride),
                (from, to) -> {
                    int n = to - from;
                    int columns = raster.width();
                    int rows = raster.height();
                    var pixels =
                            new Pixels(
                                    pixels(corners, from, n, 1, columns),
                                    pixels(corners, 2 * stride + from, n, -1, columns),
                                    pixels(corners, stride + from, n, 1, rows),
                                    pixels(corners, 3 * stride + from, n, -1, rows));
                    body.run(from, to, pixels);
                });
    }

    /**
     * @param sign 1 for the first pixel whose centre is not below a corner, −1 for one past the
     *     last whose centre is not above
     */
    private static int[] pixels(Object corners, int at, int n, int sign, int size) {
        return corners instanceof float[] floats
                ? pixels(floats, at, n, sign, size)
                : pixels((double[]) corners, at, n, sign, size);
    }

    /** As plain as the compiler needs it to take many at once. */
    private static int[] pixels(float[] corners, int at, int n, int sign, int size) {
        var pixels = new int[n];
        int edge = sign > 0 ? 0 : size;
        double shift = edge - 0.5 - SLACK;
        for (int k = 0; k < n; k++) {
            int inside = (int) Math.ceil(sign * (double) corners[at + k] + shift);
            pixels[k] = edge + sign * Math.max(0, Math.min(inside, size));
        }
        return pixels;
    }

    private static int[] pixels(double[] corners, int at, int n, int sign, int size) {
        var pixels = new int[n];
        int edge = sign > 0 ? 0 : size;
        double shift = edge - 0.5 - SLACK;
        for (int k = 0; k < n; k++) {
            int inside = (int) Math.ceil(sign * corners[at + k] + shift);
            pixels[k] = edge + sign * Math.max(0, Math.min(inside, size));
        }
        return pixels;
    }
}
