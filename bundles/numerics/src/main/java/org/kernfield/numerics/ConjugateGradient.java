package org.kernfield.numerics;

import java.util.Arrays;

/**
 * Conjugate gradients for A·X = B with A symmetric positive definite, known only by its products,
 * and several right-hand sides, each with its own step lengths. One {@link #step} at a time, so
 * that a fit stays bounded and can stop anywhere.
 *
 * <p>Source: Y. Saad, Iterative Methods for Sparse Linear Systems (2003), algorithm 9.1; the dot
 * products are sums over rows in order, in float64.
 */
public final class ConjugateGradient {
    /** Computes A·X for all columns at a time. */
    @FunctionalInterface
    public interface Operator {
        /**
         * @param x rows × columns, row-major; not modified
         * @param product of the same shape; overwritten
         */
        void apply(double[] x, double[] product);
    }

    /** As {@link Operator}, in float32, which is what reductions give. */
    @FunctionalInterface
    public interface FloatOperator {
        /**
         * @param x rows × columns, row-major; not modified
         * @return A·X, a new array of the same shape
         */
        float[] apply(float[] x);

        /** The same product between float64 arrays. */
        default Operator widened() {
            return (x, product) -> {
                var narrow = new float[x.length];
                for (int k = 0; k < x.length; k++) {
                    narrow[k] = (float) x[k];
                }
                float[] result = apply(narrow);
                for (int k = 0; k < product.length; k++) {
                    product[k] = result[k];
                }
            };
        }
    }

    private final Operator operator;
    private final Operator preconditioner;
    private final int columns;
    private final double[] x;
    private final double[] r;
    private final double[] z;
    private final double[] p;
    private final double[] ap;
    private final double[] norms;
    private double[] rz;

    /**
     * Prepares A·X = B, which costs one product.
     *
     * @param operator A
     * @param b rows × columns, row-major; not modified
     * @param columns right-hand sides
     * @param start first guess, of the shape of {@code b}; not modified
     */
    public ConjugateGradient(Operator operator, double[] b, int columns, double[] start) {
        this(
                operator,
                (from, to) -> System.arraycopy(from, 0, to, 0, from.length),
                b,
                columns,
                start);
    }

    /**
     * Prepares A·X = B with a preconditioner.
     *
     * @param operator A
     * @param preconditioner an approximate inverse of A, symmetric positive definite
     * @param b rows × columns, row-major; not modified
     * @param columns right-hand sides
     * @param start first guess, of the shape of {@code b}; not modified
     */
    public ConjugateGradient(
            Operator operator, Operator preconditioner, double[] b, int columns, double[] start) {
        this.operator = operator;
        this.preconditioner = preconditioner;
        this.columns = columns;
        x = start.clone();
        r = b.clone();
        z = new double[b.length];
        ap = new double[b.length];
        norms = dots(b, b);
        operator.apply(x, ap);
        for (int k = 0; k < r.length; k++) {
            r[k] -= ap[k];
        }
        preconditioner.apply(r, z);
        p = z.clone();
        rz = dots(r, z);
    }

    /**
     * One iteration for every column; a column solved exactly stays as it is.
     *
     * @throws ArithmeticException if A turns out not to be positive definite
     */
    public void step() {
        operator.apply(p, ap);
        double[] curvature = dots(p, ap);
        var alpha = new double[columns];
        for (int c = 0; c < columns; c++) {
            if (rz[c] != 0) {
                if (!(curvature[c] > 0)) {
                    throw new ArithmeticException(
                            "conjugate gradients: pᵀAp = "
                                    + curvature[c]
                                    + " in column "
                                    + c
                                    + ", so the operator is not positive definite; add a ridge");
                }
                alpha[c] = rz[c] / curvature[c];
            }
        }
        for (int k = 0; k < x.length; k++) {
            x[k] += alpha[k % columns] * p[k];
            r[k] -= alpha[k % columns] * ap[k];
        }
        preconditioner.apply(r, z);
        double[] next = dots(r, z);
        for (int k = 0; k < p.length; k++) {
            int c = k % columns;
            p[k] = rz[c] == 0 ? 0 : z[k] + next[c] / rz[c] * p[k];
        }
        rz = next;
    }

    /**
     * Steps until every column's residual is small enough.
     *
     * @param tolerance bound of {@link #residual}
     * @param limit most iterations
     * @return iterations made; {@link #residual} tells whether they were enough
     */
    public int solve(double tolerance, int limit) {
        int steps = 0;
        while (steps < limit && residual() > tolerance) {
            step();
            steps++;
        }
        return steps;
    }

    /** Largest |b − A·x| / |b| over the columns, by the recurrence; 0 where b is 0. */
    public double residual() {
        double[] squares = dots(r, r);
        double largest = 0;
        for (int c = 0; c < columns; c++) {
            if (squares[c] != 0) {
                largest = Math.max(largest, Math.sqrt(squares[c] / norms[c]));
            }
        }
        return largest;
    }

    /** The solution so far, rows × columns, as a new array. */
    public double[] solution() {
        return Arrays.copyOf(x, x.length);
    }

    private double[] dots(double[] a, double[] b) {
        var sums = new double[columns];
        for (int k = 0; k < a.length; k++) {
            sums[k % columns] += a[k] * b[k];
        }
        return sums;
    }
}
