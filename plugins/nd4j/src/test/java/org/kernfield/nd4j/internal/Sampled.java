package org.kernfield.nd4j.internal;

import org.kernfield.backend.Array;

import java.util.SplittableRandom;

/**
 * Residuals of matrices at rows and columns spread over them, each sum taken with twice the digits
 * (Ogita, Rump and Oishi, Accurate Sum and Dot Product, algorithm 5.3), apart from any linear
 * algebra that is looked at.
 */
final class Sampled {
    /** So many rows and columns of a result at most. */
    private static final int LINES = 40;

    /** An element of a matrix, whatever it is stored as. */
    @FunctionalInterface
    interface Matrix {
        double at(int i, int j);

        /** Transposed. */
        default Matrix t() {
            return (i, j) -> at(j, i);
        }

        /** What is on and below the diagonal, and zeros. */
        default Matrix lower() {
            return (i, j) -> j <= i ? at(i, j) : 0;
        }

        /** What is on and above the diagonal, and zeros. */
        default Matrix upper() {
            return (i, j) -> i <= j ? at(i, j) : 0;
        }
    }

    private Sampled() {}

    static Matrix of(Array a) {
        int width = a.width();
        return (i, j) -> a.get((long) i * width + j);
    }

    static Matrix unit() {
        return (i, j) -> i == j ? 1 : 0;
    }

    /** Matrix {@code k} of those that lie one below the other. */
    static Matrix part(Array all, int n, int k) {
        int width = all.width();
        return (i, j) -> all.get(((long) k * n + i) * width + j);
    }

    /**
     * max |(A·B − C)_ij| / (|A|·|B| + |C|)_ij.
     *
     * @param m × depth is A, depth × n is B
     */
    static double product(Matrix a, Matrix b, Matrix c, int m, int depth, int n) {
        var random = new SplittableRandom(31L * m + n);
        double worst = 0;
        for (int row = 0; row < Math.min(m, LINES); row++) {
            int i = m <= LINES ? row : random.nextInt(m);
            for (int column = 0; column < Math.min(n, LINES); column++) {
                int j = n <= LINES ? column : random.nextInt(n);
                double size = Math.abs(c.at(i, j));
                double high = -c.at(i, j);
                double low = 0;
                for (int k = 0; k < depth; k++) {
                    double x = a.at(i, k);
                    double y = b.at(k, j);
                    double p = x * y;
                    double sum = high + p;
                    double z = sum - high;
                    low += Math.fma(x, y, -p) + ((high - (sum - z)) + (p - z));
                    high = sum;
                    size += Math.abs(p);
                }
                double share = Math.abs(high + low) / size;
                worst = size == 0 ? worst : Math.max(worst, share);
            }
        }
        return worst;
    }
}
