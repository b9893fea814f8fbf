package org.kernfield.reference.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Slot;
import org.kernfield.kernel.Support;

import java.util.stream.IntStream;

/**
 * The support boxes of all sources. A pair outside its box is left out of a sum, where its term is
 * zero by the kernel's own formula. A bound that is not a number bounds nothing.
 */
final class Boxes {
    private final String slot;
    private final int dimension;
    private final double[] low;
    private final double[] high;

    private Boxes(String slot, int dimension, double[] low, double[] high) {
        this.slot = slot;
        this.dimension = dimension;
        this.low = low;
        this.high = high;
    }

    /** The boxes of a job whose kernel has a support. */
    static Boxes of(Job job) {
        Kernel kernel = job.reduction().kernel();
        Support support = kernel.support().orElseThrow();
        var bounds = Reduction.map(support.boxes(kernel));
        var ofSources =
                new Args(
                        new Queries.Rows(job.sources()),
                        job.args().buffers(),
                        job.args().uniforms());
        var corners =
                new Run(bounds, ofSources, job.buffers(), Evaluation.VALUE, job.resources())
                        .results();
        return new Boxes(
                support.slot(), support.low().size(), corners.get("low"), corners.get("high"));
    }

    boolean bounds(Slot query) {
        return query.role() == Slot.Role.INPUT && bounds(query.name());
    }

    boolean bounds(String query) {
        return slot.equals(query);
    }

    /** Sources whose boxes meet the bounding box of queries {@code from} to {@code to − 1}. */
    int[] meeting(Reader query, int from, int to) {
        var least = new double[dimension];
        var greatest = new double[dimension];
        for (int d = 0; d < dimension; d++) {
            least[d] = Double.POSITIVE_INFINITY;
            greatest[d] = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                least[d] = Math.min(least[d], query.get(i, d));
                greatest[d] = Math.max(greatest[d], query.get(i, d));
            }
        }
        return IntStream.range(0, low.length / dimension)
                .filter(j -> meets(j, least, greatest))
                .toArray();
    }

    /** Queries inside the box of one source. */
    int[] inside(int source, Reader query, int queries) {
        var point = new double[dimension];
        return IntStream.range(0, queries)
                .filter(
                        i -> {
                            for (int d = 0; d < dimension; d++) {
                                point[d] = query.get(i, d);
                            }
                            return meets(source, point, point);
                        })
                .toArray();
    }

    /** Pixels whose centres may be inside the box of one source. */
    int[] pixels(int source, Queries.Raster raster) {
        int left = first(low[source * 2], raster.width());
        int right = end(high[source * 2], raster.width());
        int top = first(low[source * 2 + 1], raster.height());
        int bottom = end(high[source * 2 + 1], raster.height());
        int columns = Math.max(0, right - left);
        var pixels = new int[columns * Math.max(0, bottom - top)];
        for (int k = 0; k < pixels.length; k++) {
            pixels[k] = (top + k / columns) * raster.width() + left + k % columns;
        }
        return pixels;
    }

    private static int first(double bound, int size) {
        return Double.isNaN(bound) ? 0 : (int) Math.clamp(Math.floor(bound) - 1, 0, size);
    }

    private static int end(double bound, int size) {
        return Double.isNaN(bound) ? size : (int) Math.clamp(Math.ceil(bound) + 1, 0, size);
    }

    /** Where a bound or a coordinate is NaN both comparisons are false and the pair is kept. */
    private boolean meets(int source, double[] least, double[] greatest) {
        for (int d = 0; d < dimension; d++) {
            int at = source * dimension + d;
            if (greatest[d] < low[at] || least[d] > high[at]) {
                return false;
            }
        }
        return true;
    }
}
