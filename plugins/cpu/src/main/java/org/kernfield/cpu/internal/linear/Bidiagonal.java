package org.kernfield.cpu.internal.linear;

import java.util.Arrays;

/**
 * A square matrix turned into an upper bidiagonal one by reflections from both sides, in panels (J.
 * J. Dongarra, S. J. Hammarling and D. C. Sorensen, Block Reduction of Matrices to Condensed Forms
 * for Eigenvalue Computations, 1989): A = H·B·Gᵀ.
 */
final class Bidiagonal {
    private static final int PANEL = 32;
    private static final int ROWS_A_PART = 64;
    private static final int COLUMNS_A_PART = 256;

    private final Call<double[]> call;
    private final View<double[]> a;
    private final int n;

    /** Of a panel, each in a row of n: the reflections' vectors and what they take off A. */
    private final double[] left;

    private final double[] ofLeft;
    private final double[] right;
    private final double[] ofRight;

    final double[] diagonal;

    /** Right of the diagonal; the last element is not used. */
    final double[] beside;

    /** Of H, whose vectors lie below the diagonal. */
    final double[] leftTau;

    /** Of G without its first row and column, whose vectors lie right of what is beside. */
    final double[] rightTau;

    /**
     * @param a square, row-major; overwritten by the vectors
     */
    Bidiagonal(Call<double[]> call, View<double[]> a) {
        this.call = call;
        this.a = a;
        this.n = a.rows();
        this.left = call.scratch(PANEL * n);
        this.ofLeft = call.scratch(PANEL * n);
        this.right = call.scratch(PANEL * n);
        this.ofRight = call.scratch(PANEL * n);
        this.diagonal = new double[n];
        this.beside = new double[n];
        this.leftTau = new double[n];
        this.rightTau = new double[Math.max(0, n - 1)];
    }

    void reduce() {
        var products = call.product();
        for (int first = 0; first < n; first += PANEL) {
            int last = Math.min(first + PANEL, n);
            for (double[] part : new double[][] {left, ofLeft, right, ofRight}) {
                Arrays.fill(part, 0);
            }
            for (int k = first; k < last; k++) {
                call.crew().resources().cancel().check();
                column(first, k);
                if (k + 1 < n) {
                    row(first, k);
                }
            }
            View<double[]> rest = a.block(last, last, n - last, n - last);
            products.add(-1, tall(left, first, last), tall(ofLeft, first, last).transposed(), rest);
            products.add(
                    -1, tall(ofRight, first, last), tall(right, first, last).transposed(), rest);
        }
    }

    /** The rows below the panel, a vector a column. */
    private View<double[]> tall(double[] vectors, int first, int last) {
        return new View<>(vectors, last, n - last, last - first, 1, n);
    }

    /** A reflection from the left that leaves of column k its element on the diagonal. */
    private void column(int first, int k) {
        int own = (k - first) * n;
        for (int i = k; i < n; i++) {
            left[own + i] = a.data()[a.at(i, k)];
        }
        for (int p = 0; p < k - first; p++) {
            Loops.axpy(-ofLeft[p * n + k], left, p * n + k, left, own + k, n - k);
            Loops.axpy(-right[p * n + k], ofRight, p * n + k, left, own + k, n - k);
        }
        leftTau[k] = Reflection.make(left, own + k, n - k);
        diagonal[k] = left[own + k];
        left[own + k] = 1;
        for (int i = k + 1; i < n; i++) {
            a.data()[a.at(i, k)] = left[own + i];
        }
        int length = n - k - 1;
        if (leftTau[k] == 0 || length == 0) {
            Arrays.fill(left, own + k, own + n, 0);
            return;
        }
        multiplyTransposed(k, left, own, ofLeft, own);
        for (int p = 0; p < k - first; p++) {
            int at = p * n + k;
            double alongLeft = Loops.dot(left, at, left, own + k, n - k);
            double alongRight = Loops.dot(ofRight, at, left, own + k, n - k);
            Loops.axpy(-alongLeft, ofLeft, at + 1, ofLeft, own + k + 1, length);
            Loops.axpy(-alongRight, right, at + 1, ofLeft, own + k + 1, length);
        }
        Loops.scale(leftTau[k], ofLeft, own + k + 1, length);
    }

    /** A reflection from the right that leaves of row k an element beside the diagonal. */
    private void row(int first, int k) {
        int own = (k - first) * n;
        int from = own + k + 1;
        int length = n - k - 1;
        System.arraycopy(a.data(), a.at(k, k + 1), right, from, length);
        for (int p = 0; p <= k - first; p++) {
            int at = p * n + k;
            Loops.axpy(-left[at], ofLeft, at + 1, right, from, length);
            if (p < k - first) {
                Loops.axpy(-ofRight[at], right, at + 1, right, from, length);
            }
        }
        rightTau[k] = Reflection.make(right, from, length);
        beside[k] = right[from];
        right[from] = 1;
        System.arraycopy(right, from + 1, a.data(), a.at(k, k + 1) + 1, length - 1);
        if (rightTau[k] == 0) {
            Arrays.fill(right, from, from + length, 0);
            return;
        }
        multiply(k, right, own, ofRight, own);
        for (int p = 0; p <= k - first; p++) {
            int at = p * n + k + 1;
            double alongLeft = Loops.dot(ofLeft, at, right, from, length);
            Loops.axpy(-alongLeft, left, at, ofRight, from, length);
            if (p < k - first) {
                double alongRight = Loops.dot(right, at, right, from, length);
                Loops.axpy(-alongRight, ofRight, at, ofRight, from, length);
            }
        }
        Loops.scale(rightTau[k], ofRight, from, length);
    }

    /** The rest of A as it was before the panel, times the vector. */
    private void multiply(int k, double[] x, int own, double[] y, int to) {
        int length = n - k - 1;
        call.crew()
                .forEach(
                        (length + ROWS_A_PART - 1) / ROWS_A_PART,
                        (double) length * length,
                        p -> {
                            int begin = k + 1 + p * ROWS_A_PART;
                            for (int i = begin; i < Math.min(begin + ROWS_A_PART, n); i++) {
                                y[to + i] =
                                        Loops.dot(a.data(), a.at(i, k + 1), x, own + k + 1, length);
                            }
                        });
    }

    /** Its transpose times the vector, from row k and column k + 1 on. */
    private void multiplyTransposed(int k, double[] x, int own, double[] y, int to) {
        int length = n - k - 1;
        call.crew()
                .forEach(
                        (length + COLUMNS_A_PART - 1) / COLUMNS_A_PART,
                        (double) length * length,
                        p -> {
                            int begin = k + 1 + p * COLUMNS_A_PART;
                            int width = Math.min(COLUMNS_A_PART, n - begin);
                            Arrays.fill(y, to + begin, to + begin + width, 0);
                            for (int i = k; i < n; i++) {
                                Loops.axpy(
                                        x[own + i], a.data(), a.at(i, begin), y, to + begin, width);
                            }
                        });
    }
}
