package org.kernfield.cpu.internal.linear;

import java.util.Arrays;

/**
 * Pᵀ·A·P = L·D·Lᵀ with rook pivoting in panels (C. Ashcraft, R. G. Grimes and J. G. Lewis, Accurate
 * Symmetric Indefinite Linear Equation Solvers, 1998). A panel's columns are kept by rows, of L and
 * of L·D; the matrix itself sees them when the panel is complete.
 */
final class Indefinite {
    private static final int PANEL = 48;

    /** Bounds the growth of elements alike for blocks of 1 and of 2. */
    private static final double THRESHOLD = (1 + Math.sqrt(17)) / 8;

    private final Call<double[]> call;
    private final View<double[]> a;
    private final int n;
    private final int[] pivots;
    private final double[] lower;
    private final double[] scaled;
    private double[] one;
    private double[] two;
    private int first;

    Indefinite(Call<double[]> call, View<double[]> a, int[] pivots) {
        this.call = call;
        this.a = a;
        this.n = a.rows();
        this.pivots = pivots;
        this.lower = call.scratch((PANEL + 1) * n);
        this.scaled = call.scratch((PANEL + 1) * n);
        this.one = new double[n];
        this.two = new double[n];
    }

    /**
     * @return 0, or the first row, counted from 1, where D is singular or not finite
     */
    int factor() {
        for (int i = 0; i < n; i++) {
            pivots[i] = i;
        }
        var product = call.product();
        int info = 0;
        int k = 0;
        while (k < n) {
            first = k;
            while (k < n && k < first + PANEL) {
                call.crew().resources().cancel().check();
                int size = pivot(k);
                boolean regular = size == 1 ? eliminateOne(k) : eliminateTwo(k);
                info = info == 0 && !regular ? k + 1 : info;
                k += size;
            }
            int rest = n - k;
            product.addLower(
                    -1,
                    new View<>(lower, k, rest, k - first, 1, n),
                    new View<>(scaled, k, k - first, rest, n, 1),
                    a.block(k, k, rest, rest));
        }
        for (int i = 0; i < n; i++) {
            Arrays.fill(a.data(), a.at(i, 0) + i + 1, a.at(i, 0) + n, 0);
        }
        return info;
    }

    /** Brings one or two rows to place k; {@code one} and {@code two} hold their columns. */
    private int pivot(int k) {
        int i = k;
        column(k, i, one);
        int r = largestBeside(one, k, i);
        double size = r < 0 ? 0 : Math.abs(one[r]);
        while (true) {
            if (size == 0 || !(Math.abs(one[i]) < THRESHOLD * size)) {
                exchange(k, k, i);
                return 1;
            }
            column(k, r, two);
            int s = largestBeside(two, k, r);
            double next = Math.abs(two[s]);
            if (!(Math.abs(two[r]) < THRESHOLD * next)) {
                turn();
                exchange(k, k, r);
                return 1;
            }
            if (!(next > size)) {
                exchange(k, k, i);
                exchange(k, k + 1, r == k ? i : r);
                pivots[k] = -1 - pivots[k];
                pivots[k + 1] = -1 - pivots[k + 1];
                return 2;
            }
            turn();
            i = r;
            r = s;
            size = next;
        }
    }

    private void turn() {
        double[] kept = one;
        one = two;
        two = kept;
    }

    /** Column c of what is left of A after the columns before k, rows from k on. */
    private void column(int k, int c, double[] into) {
        double[] data = a.data();
        System.arraycopy(data, a.at(c, k), into, k, c - k);
        for (int i = c; i < n; i++) {
            into[i] = data[a.at(i, c)];
        }
        for (int p = 0; p < k - first; p++) {
            Loops.axpy(-scaled[p * n + c], lower, p * n + k, into, k, n - k);
        }
    }

    private int largestBeside(double[] column, int k, int but) {
        int best = -1;
        for (int i = k; i < n; i++) {
            if (i != but && (best < 0 || Math.abs(column[i]) > Math.abs(column[best]))) {
                best = i;
            }
        }
        return best;
    }

    private void exchange(int k, int p, int q) {
        if (p == q) {
            return;
        }
        Loops.swapSymmetric(a, p, q);
        Loops.swap(pivots, p, q);
        Loops.swap(one, p, q);
        Loops.swap(two, p, q);
        for (int c = 0; c < k - first; c++) {
            Loops.swap(lower, c * n + p, c * n + q);
            Loops.swap(scaled, c * n + p, c * n + q);
        }
    }

    private boolean eliminateOne(int k) {
        double d = one[k];
        int row = (k - first) * n;
        for (int i = k + 1; i < n; i++) {
            scaled[row + i] = d == 0 ? 0 : one[i];
            lower[row + i] = d == 0 ? 0 : one[i] / d;
            a.data()[a.at(i, k)] = lower[row + i];
        }
        a.data()[a.at(k, k)] = d;
        return d != 0 && Double.isFinite(d);
    }

    private boolean eliminateTwo(int k) {
        double cross = one[k + 1];
        double head = one[k] / cross;
        double tail = two[k + 1] / cross;
        double determinant = cross * (head * tail - 1);
        int row = (k - first) * n;
        for (int i = k + 2; i < n; i++) {
            scaled[row + i] = one[i];
            scaled[row + n + i] = two[i];
            lower[row + i] = (tail * one[i] - two[i]) / determinant;
            lower[row + n + i] = (head * two[i] - one[i]) / determinant;
            a.data()[a.at(i, k)] = lower[row + i];
            a.data()[a.at(i, k + 1)] = lower[row + n + i];
        }
        a.data()[a.at(k, k)] = one[k];
        a.data()[a.at(k + 1, k)] = cross;
        a.data()[a.at(k + 1, k + 1)] = two[k + 1];
        return Double.isFinite(determinant) && determinant != 0;
    }

    /** B ← A⁻¹·B. */
    static void solve(Call<double[]> call, View<double[]> factor, int[] pivots, View<double[]> b) {
        int n = factor.rows();
        // L alone, with units on its diagonal
        View<double[]> unit = call.matrix(n, n);
        View<double[]> x = call.matrix(n, b.columns());
        for (int i = 0; i < n; i++) {
            System.arraycopy(factor.data(), factor.at(i, 0), unit.data(), unit.at(i, 0), i);
            unit.data()[unit.at(i, i)] = 1;
            System.arraycopy(b.data(), b.at(row(pivots, i), 0), x.data(), x.at(i, 0), b.columns());
        }
        for (int i = 0; i < n; i++) {
            if (pivots[i] < 0) {
                unit.data()[unit.at(i + 1, i)] = 0;
                i++;
            }
        }
        var substitution = call.substitution();
        substitution.lower(unit, x);
        for (int i = 0; i < n; i++) {
            if (pivots[i] >= 0) {
                double d = factor.data()[factor.at(i, i)];
                for (int r = 0; r < x.columns(); r++) {
                    x.data()[x.at(i, r)] /= d;
                }
            } else {
                solveTwo(factor, i, x);
                i++;
            }
        }
        substitution.upper(unit.transposed(), x);
        for (int i = 0; i < n; i++) {
            System.arraycopy(x.data(), x.at(i, 0), b.data(), b.at(row(pivots, i), 0), b.columns());
        }
    }

    private static void solveTwo(View<double[]> factor, int i, View<double[]> x) {
        double cross = factor.data()[factor.at(i + 1, i)];
        double head = factor.data()[factor.at(i, i)] / cross;
        double tail = factor.data()[factor.at(i + 1, i + 1)] / cross;
        double determinant = cross * (head * tail - 1);
        for (int r = 0; r < x.columns(); r++) {
            double p = x.data()[x.at(i, r)];
            double q = x.data()[x.at(i + 1, r)];
            x.data()[x.at(i, r)] = (tail * p - q) / determinant;
            x.data()[x.at(i + 1, r)] = (head * q - p) / determinant;
        }
    }

    private static int row(int[] pivots, int i) {
        return pivots[i] < 0 ? -1 - pivots[i] : pivots[i];
    }
}
