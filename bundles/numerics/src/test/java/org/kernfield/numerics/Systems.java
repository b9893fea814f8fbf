package org.kernfield.numerics;

import java.util.SplittableRandom;

/** Small dense systems, and their solutions by elimination with pivots. */
final class Systems {
    private Systems() {}

    static double[][] random(int rows, int columns, long seed) {
        var random = new SplittableRandom(seed);
        var a = new double[rows][columns];
        for (double[] row : a) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextDouble(-1, 1);
            }
        }
        return a;
    }

    static double[] vector(int n, long seed) {
        return random(1, n, seed)[0];
    }

    static ConjugateGradient.Operator operator(double[][] a) {
        return (x, y) -> {
            for (int i = 0; i < a.length; i++) {
                y[i] = 0;
                for (int j = 0; j < x.length; j++) {
                    y[i] += a[i][j] * x[j];
                }
            }
        };
    }

    static double[][] transposed(double[][] a) {
        var t = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    static double[][] product(double[][] a, double[][] b) {
        var c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                for (int j = 0; j < b[0].length; j++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    /** Gauss with row pivots; the product of the pivots' magnitudes is the determinant's. */
    static double[] solve(double[][] given, double[] b) {
        int n = b.length;
        var a = new double[n][];
        for (int i = 0; i < n; i++) {
            a[i] = java.util.Arrays.copyOf(given[i], n + 1);
            a[i][n] = b[i];
        }
        for (int k = 0; k < n; k++) {
            pivot(a, k);
            for (int i = k + 1; i < n; i++) {
                double factor = a[i][k] / a[k][k];
                for (int j = k; j <= n; j++) {
                    a[i][j] -= factor * a[k][j];
                }
            }
        }
        var x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            x[i] = a[i][n];
            for (int j = i + 1; j < n; j++) {
                x[i] -= a[i][j] * x[j];
            }
            x[i] /= a[i][i];
        }
        return x;
    }

    static double logDeterminant(double[][] given) {
        int n = given.length;
        var a = new double[n][];
        for (int i = 0; i < n; i++) {
            a[i] = given[i].clone();
        }
        double sum = 0;
        for (int k = 0; k < n; k++) {
            pivot(a, k);
            sum += Math.log(Math.abs(a[k][k]));
            for (int i = k + 1; i < n; i++) {
                double factor = a[i][k] / a[k][k];
                for (int j = k; j < n; j++) {
                    a[i][j] -= factor * a[k][j];
                }
            }
        }
        return sum;
    }

    private static void pivot(double[][] a, int k) {
        int p = k;
        for (int i = k + 1; i < a.length; i++) {
            p = Math.abs(a[i][k]) > Math.abs(a[p][k]) ? i : p;
        }
        double[] kept = a[k];
        a[k] = a[p];
        a[p] = kept;
    }

    /** exp(−|i − j|²/2ℓ²) + noise on the diagonal. */
    static double[][] gram(int n, double lengthscale, double noise) {
        var a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double r = (i - j) / lengthscale;
                a[i][j] = Math.exp(-r * r / 2) + (i == j ? noise : 0);
            }
        }
        return a;
    }
}
