package org.kernfield.testkit;

import static org.kernfield.testkit.Dense.near;
import static org.kernfield.testkit.Dense.product;
import static org.kernfield.testkit.Dense.random;
import static org.kernfield.testkit.Dense.require;
import static org.kernfield.testkit.Dense.set;
import static org.kernfield.testkit.Dense.transposed;
import static org.kernfield.testkit.Dense.unit;
import static org.kernfield.testkit.Dense.zeros;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;

/**
 * What eigenvectors and singular vectors of every linear algebra must be, by residuals: backward
 * errors in units of n·ε. Each check throws an {@link AssertionError} that says what failed.
 */
public final class SpectralChecks {
    private final LinearAlgebra algebra;
    private final ElementType type;
    private final double unit;

    /**
     * @param type of the matrices, F32 or F64, whose precision is demanded
     */
    public SpectralChecks(LinearAlgebra algebra, ElementType type) {
        this.algebra = algebra;
        this.type = type;
        this.unit = unit(type);
    }

    /** {@code symmetricEigen}: orthonormal V, A·V = V·diag(w), w ascending. */
    public void findsEigenvectors(Array a) {
        int n = (int) a.rows();
        Array v = Dense.spoiled(a, true).as(type);
        Array w = zeros(type, n, 1);
        algebra.symmetricEigen(v, w);
        double bound = 20 * (n + 2) * unit;
        near("eigenvectors", product(transposed(v), v), Dense.diagonal(n, i -> 1), bound);
        Array scaled = product(v, Dense.diagonal(n, w::get));
        near("A·V " + n, product(a, v), scaled, bound * Math.sqrt(n) * Dense.largest(a));
        for (int i = 1; i < n; i++) {
            require(w.get(i) >= w.get(i - 1), "eigenvalues do not ascend");
        }
    }

    /** Eigenvectors of a random matrix, and of matrices with equal, no, tiny and huge values. */
    public void findsEigenvectors(int n) {
        findsEigenvectors(Dense.indefinite(type, n, 9));
        findsEigenvectors(Dense.diagonal(n, i -> 1).as(type));
        findsEigenvectors(zeros(type, n, n));
        double tiny = type == ElementType.F32 ? 1e-30 : 1e-250;
        for (double scale : new double[] {tiny, 1e-3 / tiny}) {
            Array a = Dense.indefinite(type, n, 10);
            for (long k = 0; k < a.elements(); k++) {
                a.set(k, a.get(k) * scale);
            }
            findsEigenvectors(a);
        }
    }

    /**
     * Eigenvectors where most eigenvalues are nothing but rounding: of a Gram matrix of few
     * columns, and of matrices whose elements descend or ascend over many orders of magnitude.
     */
    public void findsSemidefiniteEigenvectors(int n) {
        Array thin = random(type, n, 1 + n / 3, 14);
        findsEigenvectors(product(thin, transposed(thin)).as(type));
        for (boolean descends : new boolean[] {false, true}) {
            Array a = zeros(type, n, n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double exponent = descends ? i + j : 2 * (n - 1) - i - j;
                    set(a, i, j, Math.pow(10, -0.1 * exponent) / (1 + Math.abs(i - j)));
                }
            }
            findsEigenvectors(a);
        }
    }

    /** The second difference's eigenvalues are 2 − 2·cos(kπ/(n + 1)). */
    public void findsKnownEigenvalues(int n) {
        Array a = Dense.diagonal(n, i -> 2);
        for (int i = 1; i < n; i++) {
            set(a, i, i - 1, -1);
            set(a, i - 1, i, -1);
        }
        Array w = zeros(type, n, 1);
        algebra.symmetricEigen(a.as(type), w);
        for (int k = 0; k < n; k++) {
            double known = 2 - 2 * Math.cos((k + 1) * Math.PI / (n + 1));
            require(
                    Math.abs(w.get(k) - known) < 10 * n * unit,
                    "eigenvalue %d of %d is %s, not %s".formatted(k, n, w.get(k), known));
        }
    }

    /** {@code svd}: orthonormal U and V, U·diag(s)·Vᵀ = A, s descending and not negative. */
    public void findsSingularVectors(Array a) {
        int m = (int) a.rows();
        int n = a.width();
        int k = Math.min(m, n);
        Array u = zeros(type, m, k);
        Array s = zeros(type, k, 1);
        Array v = zeros(type, n, k);
        algebra.svd(a, u, s, v);
        double bound = 20 * (m + n) * unit;
        near("left vectors", product(transposed(u), u), Dense.diagonal(k, i -> 1), bound);
        near("right vectors", product(transposed(v), v), Dense.diagonal(k, i -> 1), bound);
        Array back = product(product(u, Dense.diagonal(k, s::get)), transposed(v));
        double size = Math.sqrt(k) * Dense.largest(a);
        near("svd " + m + " × " + n, back, a, bound * size);
        for (int i = 0; i < k; i++) {
            require(s.get(i) >= 0, "a singular value is negative");
            require(i == 0 || s.get(i) <= s.get(i - 1), "singular values do not descend");
        }
    }

    /** Singular vectors of random matrices, some of them without full rank. */
    public void findsSingularVectors(int m, int n) {
        findsSingularVectors(random(type, m, n, 11));
        Array thin = random(type, m, 1 + Math.min(m, n) / 3, 12);
        Array flat = random(type, thin.width(), n, 13);
        findsSingularVectors(product(thin, flat).as(type));
        findsSingularVectors(zeros(type, m, n));
    }

    /**
     * Singular values of the Hilbert matrix of order 6 to ε times the largest, which is
     * 1.61889985892434; the smallest is 1.08279948e-7.
     */
    public void findsKnownSingularValues() {
        Array hilbert = zeros(type, 6, 6);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                set(hilbert, i, j, 1.0 / (i + j + 1));
            }
        }
        Array s = zeros(type, 6, 1);
        algebra.svd(hilbert, zeros(type, 6, 6), s, zeros(type, 6, 6));
        require(Math.abs(s.get(0) - 1.61889985892434) < 20 * unit, "largest is " + s.get(0));
        require(Math.abs(s.get(5) - 1.08279948e-7) < 20 * unit + 1e-15, "least is " + s.get(5));
    }
}
