package org.kernfield.cpu.internal.linear;

import java.util.Arrays;

/**
 * A symmetric matrix turned into a tridiagonal one by reflections, in panels (J. J. Dongarra, S. J.
 * Hammarling and D. C. Sorensen, Block Reduction of Matrices to Condensed Forms for Eigenvalue
 * Computations, 1989).
 */
final class Tridiagonal {
    private static final int PANEL = 32;
    private static final int ROWS_A_PART = 64;

    private final Call<double[]> call;
    private final View<double[]> a;
    private final int n;
    private final double[] v;
    private final double[] w;
    private final double[] product;

    final double[] diagonal;

    /** The last element is not used. */
    final double[] beside;

    final double[] tau;

    /**
     * @param a both triangles; overwritten, below the second diagonal by the vectors
     */
    Tridiagonal(Call<double[]> call, View<double[]> a) {
        this.call = call;
        this.a = a;
        this.n = a.rows();
        this.v = call.scratch(PANEL * n);
        this.w = call.scratch(PANEL * n);
        this.product = new double[n];
        this.diagonal = new double[n];
        this.beside = new double[n];
        this.tau = new double[Math.max(0, n - 1)];
    }

    void reduce() {
        var products = call.product();
        for (int first = 0; first < n; first += PANEL) {
            int last = Math.min(first + PANEL, n);
            Arrays.fill(v, 0);
            Arrays.fill(w, 0);
            for (int k = first; k < last; k++) {
                call.crew().resources().cancel().check();
                column(first, k);
            }
            int rest = n - last;
            var left = new View<>(v, last, rest, last - first, 1, n);
            var right = new View<>(w, last, rest, last - first, 1, n);
            View<double[]> remaining = a.block(last, last, rest, rest);
            products.add(-1, left, right.transposed(), remaining);
            products.add(-1, right, left.transposed(), remaining);
        }
    }

    private void column(int first, int k) {
        int own = (k - first) * n;
        System.arraycopy(a.data(), a.at(k, k), v, own + k, n - k);
        for (int p = 0; p < k - first; p++) {
            Loops.axpy(-v[p * n + k], w, p * n + k, v, own + k, n - k);
            Loops.axpy(-w[p * n + k], v, p * n + k, v, own + k, n - k);
        }
        diagonal[k] = v[own + k];
        v[own + k] = 0;
        if (k + 1 == n) {
            return;
        }
        int from = own + k + 1;
        int length = n - k - 1;
        tau[k] = Reflection.make(v, from, length);
        beside[k] = v[from];
        v[from] = 1;
        for (int i = k + 2; i < n; i++) {
            a.data()[a.at(i, k)] = v[own + i];
        }
        if (tau[k] == 0) {
            Arrays.fill(v, from, from + length, 0);
            return;
        }
        multiply(k, own);
        for (int p = 0; p < k - first; p++) {
            int at = p * n + k + 1;
            double alongW = Loops.dot(w, at, v, from, length);
            double alongV = Loops.dot(v, at, v, from, length);
            Loops.axpy(-alongW, v, at, product, k + 1, length);
            Loops.axpy(-alongV, w, at, product, k + 1, length);
        }
        Loops.scale(tau[k], product, k + 1, length);
        double half = -0.5 * tau[k] * Loops.dot(product, k + 1, v, from, length);
        Loops.axpy(half, v, from, product, k + 1, length);
        System.arraycopy(product, k + 1, w, from, length);
    }

    /** The rest of A as it was before the panel, times the vector. */
    private void multiply(int k, int own) {
        int length = n - k - 1;
        call.crew()
                .forEach(
                        (length + ROWS_A_PART - 1) / ROWS_A_PART,
                        (double) length * length,
                        p -> {
                            int begin = k + 1 + p * ROWS_A_PART;
                            for (int i = begin; i < Math.min(begin + ROWS_A_PART, n); i++) {
                                product[i] =
                                        Loops.dot(a.data(), a.at(i, k + 1), v, own + k + 1, length);
                            }
                        });
    }
}
