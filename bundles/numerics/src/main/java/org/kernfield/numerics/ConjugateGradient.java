package org.kernfield.numerics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Conjugate gradients for A·X = B with A symmetric positive definite, known only by its products,
 * and several right-hand sides, each with its own step lengths. One {@link #step} at a time, so
 * that a fit stays bounded and can stop anywhere; the products are computed by the caller, on
 * whatever is there at the moment.
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

    private final Operator preconditioner;
    private final int columns;
    private final double[] norms;
    private final double[] x;
    private final double[] r;
    private final double[] z;
    private final double[] p;
    private double[] rz;

    /** Of each iteration since the start the lengths α, then the ratios β, by column. */
    private final List<double[]> course = new ArrayList<>();

    /**
     * Prepares A·X = B from X = 0.
     *
     * @param b rows × columns, row-major; not modified
     * @param columns right-hand sides
     */
    public ConjugateGradient(double[] b, int columns) {
        this(b, columns, (from, to) -> System.arraycopy(from, 0, to, 0, from.length));
    }

    /**
     * Prepares A·X = B from X = 0 with a preconditioner.
     *
     * @param b rows × columns, row-major; not modified
     * @param columns right-hand sides
     * @param preconditioner an approximate inverse of A, symmetric positive definite
     */
    public ConjugateGradient(double[] b, int columns, Operator preconditioner) {
        this.preconditioner = preconditioner;
        this.columns = columns;
        norms = dots(b, b);
        x = new double[b.length];
        r = b.clone();
        z = new double[b.length];
        preconditioner.apply(r, z);
        p = z.clone();
        rz = dots(r, z);
    }

    /**
     * Starts anew from a guess, which costs one product.
     *
     * @param guess rows × columns; not modified
     * @param b the right-hand sides again; not modified
     */
    public void start(double[] guess, double[] b, Operator operator) {
        var product = new double[b.length];
        operator.apply(guess, product);
        for (int k = 0; k < r.length; k++) {
            x[k] = guess[k];
            r[k] = b[k] - product[k];
        }
        preconditioner.apply(r, z);
        System.arraycopy(z, 0, p, 0, p.length);
        rz = dots(r, z);
        course.clear();
    }

    /**
     * Goes on from where another one was: its {@link #solution}, {@link #remainder} and {@link
     * #direction}, copied; what {@link #spectrum} tells begins anew.
     */
    public void restore(double[] solution, double[] remainder, double[] direction) {
        restore(solution, remainder, direction, new double[0]);
    }

    /** As the other, with its {@link #coefficients} too, so that the spectrum is the same. */
    public void restore(
            double[] solution, double[] remainder, double[] direction, double[] coefficients) {
        System.arraycopy(solution, 0, x, 0, x.length);
        System.arraycopy(remainder, 0, r, 0, r.length);
        System.arraycopy(direction, 0, p, 0, p.length);
        preconditioner.apply(r, z);
        rz = dots(r, z);
        course.clear();
        for (int k = 0; k < coefficients.length; k += columns) {
            course.add(Arrays.copyOfRange(coefficients, k, k + columns));
        }
    }

    /** One iteration; see {@link #advance}. */
    public void step(Operator operator) {
        var product = new double[p.length];
        operator.apply(p, product);
        advance(product);
    }

    /**
     * One iteration for every column, given the product that it needs; a column solved exactly
     * stays as it is.
     *
     * @param product A · {@link #direction}, rows × columns; not modified
     * @throws ArithmeticException if A turns out not to be positive definite
     */
    public void advance(double[] product) {
        double[] curvature = dots(p, product);
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
            r[k] -= alpha[k % columns] * product[k];
        }
        preconditioner.apply(r, z);
        double[] next = dots(r, z);
        var beta = new double[columns];
        for (int c = 0; c < columns; c++) {
            beta[c] = rz[c] == 0 ? 0 : next[c] / rz[c];
        }
        for (int k = 0; k < p.length; k++) {
            int c = k % columns;
            p[k] = rz[c] == 0 ? 0 : z[k] + beta[c] * p[k];
        }
        rz = next;
        course.add(alpha);
        course.add(beta);
    }

    /**
     * Steps until every column's residual is small enough.
     *
     * @param tolerance bound of {@link #residual}
     * @param limit most iterations
     * @return iterations made; {@link #residual} tells whether they were enough
     */
    public int solve(Operator operator, double tolerance, int limit) {
        int steps = 0;
        while (steps < limit && residual() > tolerance) {
            step(operator);
            steps++;
        }
        return steps;
    }

    /** Largest |b − A·x| / |b| over the columns, by the recurrence; 0 where b is 0. */
    public double residual() {
        double largest = 0;
        for (double residual : residuals()) {
            largest = Math.max(largest, residual);
        }
        return largest;
    }

    /** |b − A·x| / |b| of each column, by the recurrence; 0 where b is 0. */
    public double[] residuals() {
        double[] squares = dots(r, r);
        for (int c = 0; c < columns; c++) {
            squares[c] = squares[c] == 0 ? 0 : Math.sqrt(squares[c] / norms[c]);
        }
        return squares;
    }

    /**
     * What the iterations since the start say of the operator M⁻¹A, with M the preconditioner's
     * inverse, seen from a column's right-hand side b: bᵀM⁻¹·e₁ᵀf(T)e₁ ≈ b'f(M^−½AM^−½)b' with b' =
     * M^−½b, as Lanczos's method would find it (Saad 2003, section 6.7.3).
     *
     * @throws IllegalStateException before the first iteration
     */
    public Lanczos.Spectrum spectrum(int column) {
        int most = course.size() / 2;
        int n = 0;
        while (n < most && course.get(2 * n)[column] > 0) {
            n++;
        }
        if (n == 0) {
            throw new IllegalStateException("conjugate gradients: no iteration yet; make one");
        }
        var diagonal = new double[n];
        var beside = new double[n - 1];
        for (int k = 0; k < n; k++) {
            double alpha = course.get(2 * k)[column];
            diagonal[k] = 1 / alpha;
            if (k > 0) {
                double before = course.get(2 * k - 2)[column];
                double beta = course.get(2 * k - 1)[column];
                diagonal[k] += beta / before;
                beside[k - 1] = Math.sqrt(beta) / before;
            }
        }
        return Tridiagonal.spectrum(diagonal, beside);
    }

    /**
     * Of each iteration since the start its step length and the share of the old direction in the
     * next, by column, one row each.
     */
    public double[] coefficients() {
        var all = new double[course.size() * columns];
        for (int k = 0; k < course.size(); k++) {
            System.arraycopy(course.get(k), 0, all, k * columns, columns);
        }
        return all;
    }

    /** The solution so far, rows × columns, as a new array. */
    public double[] solution() {
        return x.clone();
    }

    /** b − A·x by the recurrence, rows × columns, as a new array. */
    public double[] remainder() {
        return r.clone();
    }

    /** Where the next iteration goes, rows × columns, as a new array. */
    public double[] direction() {
        return p.clone();
    }

    private double[] dots(double[] a, double[] b) {
        var sums = new double[columns];
        for (int k = 0; k < a.length; k++) {
            sums[k % columns] += a[k] * b[k];
        }
        return sums;
    }
}
