package org.kernfield.numerics;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A symmetric operator seen from one vector: A·V ≈ V·T with T tridiagonal and V orthonormal,
 * beginning with that vector. T's eigenvalues approach those of A from the ends, and vᵀf(A)v ≈
 * |v|²·e₁ᵀf(T)e₁ for smooth f.
 *
 * <p>Source: G. H. Golub and G. Meurant, Matrices, Moments and Quadrature with Applications (2010),
 * chapters 4 and 6; every new vector is made orthogonal to all before, twice.
 */
public final class Lanczos {
    private final double[] diagonal;
    private final double[] beside;
    private final double square;

    /**
     * @param start not 0; not modified
     * @param steps products made, at most; fewer where the vectors already span all there is
     */
    public Lanczos(ConjugateGradient.Operator operator, double[] start, int steps) {
        int most = Math.min(steps, start.length);
        var basis = new double[most][];
        var alpha = new double[most];
        var beta = new double[most];
        square = Krylov.dot(start, start);
        double[] v = start.clone();
        Krylov.normalise(v);
        int size = 0;
        double scale = 0;
        while (size < most) {
            basis[size] = v;
            var next = new double[v.length];
            operator.apply(v, next);
            scale = Math.max(scale, Krylov.norm(next));
            alpha[size] = Krylov.dot(v, next);
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k <= size; k++) {
                    Krylov.axpy(-Krylov.dot(basis[k], next), basis[k], next);
                }
            }
            beta[size] = Krylov.normalise(next);
            v = next;
            size++;
            if (beta[size - 1] <= Math.ulp(scale) * v.length) {
                break;
            }
        }
        diagonal = Arrays.copyOf(alpha, size);
        beside = Arrays.copyOf(beta, Math.max(0, size - 1));
    }

    /** T's diagonal, as a new array. */
    public double[] diagonal() {
        return diagonal.clone();
    }

    /** T's numbers beside the diagonal, one fewer, as a new array. */
    public double[] beside() {
        return beside.clone();
    }

    /**
     * What T says of A.
     *
     * @param values T's eigenvalues, ascending
     * @param weights squares of the first components of its eigenvectors; their sum is 1
     */
    public record Spectrum(double[] values, double[] weights) {
        /** e₁ᵀ·f(T)·e₁. */
        public double quadratic(DoubleUnaryOperator f) {
            double sum = 0;
            for (int k = 0; k < values.length; k++) {
                sum += weights[k] * f.applyAsDouble(values[k]);
            }
            return sum;
        }
    }

    /** Eigenvalues of T, which are the nodes of a Gauss quadrature, and its weights. */
    public Spectrum spectrum() {
        return Tridiagonal.spectrum(diagonal, beside);
    }

    /** vᵀ·f(A)·v for the vector v that it began with. */
    public double quadratic(DoubleUnaryOperator f) {
        return square * spectrum().quadratic(f);
    }

    /**
     * The trace of f(A) estimated from random signs: exact in the mean, with a standard deviation
     * of about √(2/probes)·‖f(A)‖_F.
     *
     * @param n order of A
     * @param probes vectors of signs
     * @param steps products with each
     * @param seed of the signs
     */
    public static double trace(
            ConjugateGradient.Operator operator,
            int n,
            DoubleUnaryOperator f,
            int probes,
            int steps,
            long seed) {
        var random = new CounterRandom(seed);
        double sum = 0;
        for (int probe = 0; probe < probes; probe++) {
            var signs = new double[n];
            for (int k = 0; k < n; k++) {
                signs[k] = random.bits(probe, 0, k) < 0 ? 1 : -1;
            }
            sum += new Lanczos(operator, signs, steps).quadratic(f);
        }
        return sum / probes;
    }
}
