package org.kernfield.numerics.lapack;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;

import java.util.Optional;
import java.util.function.IntBinaryOperator;

/**
 * Whether a native library computes what is known without it. Integers make the answers exact: some
 * builds of OpenBLAS 0.3.19 return wrong Cholesky factors on processors with AVX-512, without an
 * error.
 */
public final class AlgebraSelfCheck {
    /** Orders with whole and broken blocks of every size that kernels have. */
    private static final int[] ORDERS = {33, 100, 290};

    private AlgebraSelfCheck() {}

    /** What is wrong, as the middle of a sentence; empty if nothing is. Takes milliseconds. */
    public static Optional<String> fault(LinearAlgebra algebra) {
        for (ElementType type : new ElementType[] {ElementType.F64, ElementType.F32}) {
            for (int n : ORDERS) {
                Optional<String> fault =
                        product(algebra, type, n).or(() -> cholesky(algebra, type, n));
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return eigenvalues(algebra, 40);
    }

    /**
     * a_ij = (3i + j) mod 7 − 3, b_ij = (i + 5j) mod 9 − 4: sums of few whole numbers, of which
     * only 7 · 9 are different.
     */
    private static Optional<String> product(LinearAlgebra algebra, ElementType type, int n) {
        Array a = square(type, n, (i, j) -> (3 * i + j) % 7 - 3);
        Array b = square(type, n, (i, j) -> (i + 5 * j) % 9 - 4);
        Array c = Array.zeros(type, n, n);
        algebra.gemm(1, a, false, b, false, 0, c);
        double[] found = c.toDoubles();
        int[][] sums = sums(n);
        for (int i = 0; i < n; i++) {
            int[] row = sums[3 * i % 7];
            for (int j = 0; j < n; j++) {
                int known = row[5 * j % 9];
                if (found[i * n + j] != known) {
                    return Optional.of(
                            "a product of order %d in %s has %s where %d is right"
                                    .formatted(n, type, found[i * n + j], known));
                }
            }
        }
        return Optional.empty();
    }

    /** A matrix of whole numbers. */
    private static Array square(ElementType type, int n, IntBinaryOperator element) {
        var values = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                values[i * n + j] = element.applyAsInt(i, j);
            }
        }
        return Array.of(n, values).as(type);
    }

    /** Σ_k ((p + k) mod 7 − 3) · ((q + k) mod 9 − 4) for every p and q. */
    private static int[][] sums(int n) {
        var sums = new int[7][9];
        for (int p = 0; p < 7; p++) {
            for (int q = 0; q < 9; q++) {
                for (int k = 0; k < n; k++) {
                    sums[p][q] += ((p + k) % 7 - 3) * ((q + k) % 9 - 4);
                }
            }
        }
        return sums;
    }

    /** l_ij = 1 off the diagonal and 8 on it, so A's elements are min(i, j) + 8 or + 64. */
    private static Optional<String> cholesky(LinearAlgebra algebra, ElementType type, int n) {
        Array a = square(type, n, (i, j) -> Math.min(i, j) + (i == j ? 64 : 8));
        int info = algebra.potrf(a);
        double[] found = a.toDoubles();
        double unit = type == ElementType.F32 ? Math.ulp(1f) : Math.ulp(1.0);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double known = i == j ? 8 : 1;
                double error = Math.abs(found[i * n + j] - known);
                if (info != 0 || !(error <= 100 * n * unit)) {
                    return Optional.of(
                            "a Cholesky factor of order %d in %s is off by %.2g"
                                    .formatted(n, type, info != 0 ? Double.NaN : error));
                }
            }
        }
        return Optional.empty();
    }

    /** The second difference's eigenvalues are 2 − 2·cos(kπ/(n + 1)). */
    private static Optional<String> eigenvalues(LinearAlgebra algebra, int n) {
        Array a = Array.zeros(ElementType.F64, n, n);
        for (int i = 0; i < n; i++) {
            a.set((long) i * n + i, 2);
            if (i > 0) {
                a.set((long) i * n + i - 1, -1);
            }
        }
        Array w = Array.zeros(ElementType.F64, n, 1);
        algebra.symmetricEigen(a, w);
        for (int k = 0; k < n; k++) {
            double error = Math.abs(w.get(k) - 2 + 2 * Math.cos((k + 1) * Math.PI / (n + 1)));
            if (!(error < 1e-12)) {
                return Optional.of("an eigenvalue of order %d is off by %.2g".formatted(n, error));
            }
        }
        return Optional.empty();
    }
}
