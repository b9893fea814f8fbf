package org.kernfield.gp.iterative;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.LinearAlgebra.Side;
import org.kernfield.backend.LinearAlgebra.Triangle;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.IndefiniteException;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.Rows;
import org.kernfield.numerics.CounterRandom;

import java.util.Arrays;

/**
 * M = F·Fᵀ + σ²·I near the covariance matrix of observations: a partial Cholesky factor F whose
 * pivots are chosen, the largest remaining variance first, among a sample of the rows.
 *
 * <p>Source: H. Harbrecht, M. Peters and R. Schneider, On the Low-Rank Approximation by the Pivoted
 * Cholesky Decomposition (2012); the inverse is the formula of Woodbury.
 */
final class Preconditioner {
    /** Variance left out of the sample, as a share of the largest, that ends the choice. */
    private static final double NEGLIGIBLE = 1e-10;

    /** Rows of F computed at a time. */
    private static final int BLOCK = 4096;

    /** Powers from which the largest eigenvalue has a digit or two. */
    private static final int POWERS = 30;

    private final Array factor;
    private final Array inner;
    private final double noise;

    private Preconditioner(Array factor, Array inner, double noise) {
        this.factor = factor;
        this.inner = inner;
        this.noise = noise;
    }

    /**
     * @param sample rows among which pivots are chosen, spread over the data
     * @param most pivots
     * @param noise σ², above 0
     * @throws IndefiniteException if the noise is lost beside the variances
     */
    static Preconditioner of(
            BoundCovariance k,
            Observations data,
            int[] sample,
            int most,
            double noise,
            Compute compute) {
        LinearAlgebra algebra = compute.linearAlgebra();
        int d = data.columns();
        Array candidates = Array.of(d, data.rows(sample).x());
        Array chosen = Rows.covariance(k, candidates, candidates, compute);
        var order = new int[sample.length];
        double largest = 0;
        for (double variance : Rows.variance(k, candidates, compute)) {
            largest = Math.max(largest, variance);
        }
        int rank = Math.min(most, algebra.pstrf(chosen, order, NEGLIGIBLE * largest));
        var pivots = new int[rank];
        Arrays.setAll(pivots, i -> sample[order[i]]);
        Array triangle = Array.zeros(ElementType.F64, rank, Math.max(1, rank));
        for (int i = 0; i < rank; i++) {
            for (int j = 0; j <= i; j++) {
                triangle.set((long) i * rank + j, chosen.get((long) i * sample.length + j));
            }
        }
        Array factor = factor(k, data, Array.of(d, data.rows(pivots).x()), triangle, compute);
        Array inner = Array.zeros(ElementType.F64, rank, Math.max(1, rank));
        algebra.syrk(1, factor, true, 0, inner);
        for (int i = 0; i < rank; i++) {
            long at = (long) i * rank + i;
            inner.set(at, inner.get(at) + noise);
        }
        if (algebra.potrf(inner) != 0) {
            throw new IndefiniteException(
                    "preconditioner: noise of %.1e is lost beside variances of %.1e; add white noise"
                            .formatted(noise, largest));
        }
        return new Preconditioner(factor, inner, noise);
    }

    /** F = K(X, pivots)·T⁻ᵀ. */
    private static Array factor(
            BoundCovariance k, Observations data, Array pivots, Array triangle, Compute compute) {
        int n = data.rows();
        int d = data.columns();
        int rank = triangle.width();
        Array factor = Array.zeros(ElementType.F64, n, rank);
        double[] to = Rows.doubles(factor);
        for (int from = 0; from < n; from += BLOCK) {
            compute.checkCancelled();
            int end = Math.min(n, from + BLOCK);
            Array some = Array.of(d, Arrays.copyOfRange(data.x(), from * d, end * d));
            Array cross = Rows.covariance(k, some, pivots, compute);
            compute.linearAlgebra().trsm(Side.RIGHT, Triangle.LOWER, true, triangle, cross);
            System.arraycopy(Rows.doubles(cross), 0, to, from * rank, (end - from) * rank);
        }
        return factor;
    }

    /** Columns of F. */
    int rank() {
        return factor.width();
    }

    /**
     * M⁻¹·V = (V − F·(σ²I + FᵀF)⁻¹·Fᵀ·V)/σ².
     *
     * @param v n × columns; not modified
     * @param product of the same shape; overwritten
     */
    void apply(double[] v, int columns, double[] product, Compute compute) {
        LinearAlgebra algebra = compute.linearAlgebra();
        Array given = Array.of(columns, v);
        Array small = Array.zeros(ElementType.F64, rank(), columns);
        algebra.gemm(1, factor, true, given, false, 0, small);
        algebra.trsm(Side.LEFT, Triangle.LOWER, false, inner, small);
        algebra.trsm(Side.LEFT, Triangle.LOWER, true, inner, small);
        System.arraycopy(v, 0, product, 0, v.length);
        algebra.gemm(
                -1 / noise, factor, false, small, false, 1 / noise, Array.of(columns, product));
    }

    /** log |M|. */
    double logDeterminant() {
        double sum = (factor.rows() - rank()) * Math.log(noise);
        for (int i = 0; i < rank(); i++) {
            sum += 2 * Math.log(inner.get((long) i * rank() + i));
        }
        return sum;
    }

    /** The largest eigenvalue of M over the least, by powers of σ²I + FᵀF. */
    double condition() {
        var random = new CounterRandom(0);
        var v = new double[rank()];
        Arrays.setAll(v, i -> random.normal(0, 5, i));
        double largest = noise;
        for (int power = 0; power < POWERS && rank() > 0; power++) {
            double[] next = powered(v);
            largest = Math.sqrt(square(next) / square(v));
            double scale = 1 / Math.sqrt(square(next));
            Arrays.setAll(v, i -> scale * next[i]);
        }
        return largest / noise;
    }

    private static double square(double[] v) {
        return Arrays.stream(v).map(a -> a * a).sum();
    }

    /** (σ²I + FᵀF)·v = L·(Lᵀ·v). */
    private double[] powered(double[] v) {
        int n = rank();
        double[] l = Rows.doubles(inner);
        var half = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                half[j] += l[i * n + j] * v[i];
            }
        }
        var whole = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                whole[i] += l[i * n + j] * half[j];
            }
        }
        return whole;
    }

    /** Vectors drawn from N(0, M), one a column, n × columns. */
    double[] draw(int columns, long seed, Compute compute) {
        var random = new CounterRandom(seed);
        int n = Math.toIntExact(factor.rows());
        var drawn = new double[n * columns];
        for (int at = 0; at < drawn.length; at++) {
            drawn[at] = Math.sqrt(noise) * random.normal(0, 3, at);
        }
        var inside = new double[rank() * columns];
        for (int at = 0; at < inside.length; at++) {
            inside[at] = random.normal(0, 4, at);
        }
        compute.linearAlgebra()
                .gemm(
                        1,
                        factor,
                        false,
                        Array.of(columns, inside),
                        false,
                        1,
                        Array.of(columns, drawn));
        return drawn;
    }
}
