package org.kernfield.nd4j.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Resources;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Support;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The support boxes of all sources, computed in float64 and widened by what float32 may round away.
 * A bound that is not a number bounds nothing.
 */
final class Boxes implements AutoCloseable {
    private static final double SLACK = 1e-5;

    private final String slot;
    private final int dimension;
    private final double[] low;
    private final double[] high;
    private final Budget budget;
    private final long bytes;

    /** Takes the memory for {@code sources} boxes, which are not filled in yet. */
    private Boxes(String slot, int dimension, int sources, Budget budget, String what) {
        this.slot = slot;
        this.dimension = dimension;
        this.budget = budget;
        int numbers = Math.multiplyExact(sources, dimension);
        bytes = 2L * Double.BYTES * numbers;
        budget.take(bytes, what);
        low = new double[numbers];
        high = new double[numbers];
    }

    static Boxes of(
            Kernel kernel, Args args, Map<String, Array> arrays, int sources, Resources resources) {
        Support support = kernel.support().orElseThrow();
        int d = support.low().size();
        String what = "boxes of kernel " + kernel.name();
        var boxes = new Boxes(support.slot(), d, sources, resources.budget(), what);
        try {
            boxes.fill(support.boxes(kernel).in(Precision.F64), args, arrays, sources, resources);
            return boxes;
        } catch (Throwable e) {
            boxes.close();
            throw e;
        }
    }

    private void fill(
            Kernel corners,
            Args args,
            Map<String, Array> arrays,
            int sources,
            Resources resources) {
        var ofSources = new Args(new Queries.Rows(sources), Map.of(), args.uniforms());
        var plan = new Plan(corners, true, Set.of());
        try (var job = new Job(corners, plan, ofSources, arrays, Map.of(), 0, resources)) {
            var outputs =
                    List.of(
                            new Results.Output(Array.of(dimension, low), dimension),
                            new Results.Output(Array.of(dimension, high), dimension));
            RowWalk.map(job, new Results(outputs));
        }
        for (int k = 0; k < low.length; k++) {
            double slack = SLACK * (Math.abs(low[k]) + Math.abs(high[k]));
            low[k] -= slack;
            high[k] += slack;
        }
    }

    String slot() {
        return slot;
    }

    /** Sources of {@code order} whose boxes meet the bounding box of some queries. */
    int[] meeting(Reader query, int[] rows, int count, int[] order) {
        var least = new double[dimension];
        var most = new double[dimension];
        for (int d = 0; d < dimension; d++) {
            least[d] = Double.POSITIVE_INFINITY;
            most[d] = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < count; k++) {
                double x = query.get(rows[k], d);
                least[d] = Math.min(least[d], x);
                most[d] = Math.max(most[d], x);
            }
        }
        return IntStream.of(order).filter(j -> meets(j, least, most)).toArray();
    }

    /** Where a bound or a coordinate is NaN both comparisons are false and the pair is kept. */
    private boolean meets(int source, double[] least, double[] most) {
        for (int d = 0; d < dimension; d++) {
            int at = source * dimension + d;
            if (most[d] < low[at] || least[d] > high[at]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        budget.release(bytes);
    }
}
