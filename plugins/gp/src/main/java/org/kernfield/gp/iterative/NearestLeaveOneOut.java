package org.kernfield.gp.iterative;

import org.kernfield.backend.Array;
import org.kernfield.backend.LinearAlgebra.Side;
import org.kernfield.backend.LinearAlgebra.Triangle;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.IndefiniteException;
import org.kernfield.gp.exact.LeaveOneOut;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.Rows;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What some rows of a table would be told from the rows nearest to each. With the row itself behind
 * its nearest, L·Lᵀ their covariance, noise included, and L·z what was observed, the last of z is
 * the error in deviations and the last of L the deviation.
 *
 * <p>Source: A. V. Vecchia, Estimation and model identification for continuous spatial processes
 * (1988), of conditioning on a few neighbours.
 */
public final class NearestLeaveOneOut {
    /** Numbers of the matrices that are factored together. */
    private static final int TOGETHER = 1 << 21;

    private final Observations data;
    private final int[] chosen;
    private final int[][] others;

    private NearestLeaveOneOut(Observations data, int[] chosen, int[][] others) {
        this.data = data;
        this.chosen = chosen;
        this.others = others;
    }

    /**
     * @param k by which rows are near
     * @param noise of each row, n numbers
     * @param chosen numbers of the rows to tell
     * @param most rows that each is told from
     */
    public static NearestLeaveOneOut of(
            BoundCovariance k,
            Observations data,
            double[] noise,
            int[] chosen,
            int most,
            Compute compute) {
        Array x = Array.of(data.columns(), data.x());
        var others = new NearestRows(k, x, noise).ofOthers(chosen, most, compute);
        return new NearestLeaveOneOut(data, chosen, others);
    }

    /**
     * What they are told by a covariance function.
     *
     * @param noise of each row, n numbers
     * @throws IndefiniteException if the covariance of a row and its nearest is not positive
     *     definite
     */
    public LeaveOneOut by(BoundCovariance k, double[] noise, Compute compute) {
        int p = data.targets();
        var residual = new double[chosen.length * p];
        var variance = new double[chosen.length * p];
        int size = others.length == 0 ? 1 : others[0].length + 1;
        int batch = Math.clamp(TOGETHER / ((long) size * size), 1, Math.max(1, chosen.length));
        for (int from = 0; from < chosen.length; from += batch) {
            compute.checkCancelled();
            int count = Math.min(batch, chosen.length - from);
            var covariance = Array.of(size, new double[count * size * size]);
            var solved = Array.of(p, new double[count * size * p]);
            for (int i = 0; i < count; i++) {
                int[] rows = withOwn(from + i);
                put(covariance(k, rows, noise, compute), covariance, i);
                put(NearestRows.values(data.y(), p, rows), solved, i);
            }
            solve(k, count, covariance, solved, compute);
            for (int i = 0; i < count; i++) {
                int last = (i + 1) * size - 1;
                double deviation = covariance.get((long) last * size + size - 1);
                for (int t = 0; t < p; t++) {
                    int at = (from + i) * p + t;
                    residual[at] = solved.get((long) last * p + t) * deviation;
                    variance[at] = deviation * deviation;
                }
            }
        }
        return new LeaveOneOut(residual, variance);
    }

    /** Of some rows, with their noise. */
    private double[] covariance(BoundCovariance k, int[] rows, double[] noise, Compute compute) {
        int d = data.columns();
        Array some = Array.of(d, NearestRows.values(data.x(), d, rows));
        double[] covariance = Rows.doubles(Rows.covariance(k, some, some, compute));
        for (int j = 0; j < rows.length; j++) {
            covariance[j * rows.length + j] += noise[rows[j]];
        }
        return covariance;
    }

    /** Factors some covariances and solves for what was observed; both are overwritten. */
    private static void solve(
            BoundCovariance k, int count, Array covariance, Array observed, Compute compute) {
        int[] failed = compute.linearAlgebra().potrfBatched(count, covariance);
        if (IntStream.of(failed).anyMatch(minor -> minor != 0)) {
            throw new IndefiniteException(
                    "%s: the covariance of %d rows near each other is not positive definite; fit with more noise"
                            .formatted(k, covariance.width()));
        }
        compute.linearAlgebra()
                .trsmBatched(count, Side.LEFT, Triangle.LOWER, false, covariance, observed);
    }

    private int[] withOwn(int i) {
        int[] rows = Arrays.copyOf(others[i], others[i].length + 1);
        rows[others[i].length] = chosen[i];
        return rows;
    }

    /** As the i-th of several alike. */
    private static void put(double[] values, Array all, int i) {
        System.arraycopy(values, 0, Rows.doubles(all), i * values.length, values.length);
    }
}
