package org.kernfield.benchmarks.baseline;

/**
 * out_i += Σ_j 2^(−|x_i − p_j|²)·w_j by hand, coordinates scaled beforehand; one thread. Planes of
 * n targets, n a multiple of {@link #STRIP}, and of m sources, m even.
 *
 * <p>A strip of targets lies in the first-level cache; for every two sources one loop writes the
 * strip's exponents and a second one takes the exponentials. A single loop would carry chains of
 * some 45 cycles, of which the schedulers of this class of processor cannot hold enough at once.
 */
final class GaussianSums {
    static final int STRIP = 512;
    private static final int STRIP64 = 256;

    private GaussianSums() {}

    static void three(float[] x, int n, float[] p, float[] w, int m, float[] out) {
        var q = new float[2 * STRIP];
        var near = new float[3 * STRIP];
        for (int s = 0; s < n; s += STRIP) {
            gather(x, n, s, near);
            for (int j = 0; j < m; j += 2) {
                Distances.two(near, STRIP, p, m, j, q);
                Exponentials.add(q, STRIP, w[j], w[j + 1], out, s);
            }
        }
    }

    /** {@code x} as nine planes, {@code p} as rows of nine: see {@link Distances#dot8}. */
    static void eight(float[] x, int n, float[] p, float[] w, int m, float[] out) {
        var q = new float[2 * STRIP];
        var near = new float[9 * STRIP];
        for (int s = 0; s < n; s += STRIP) {
            gather(x, n, s, near);
            for (int j = 0; j < m; j += 2) {
                Distances.dot8(near, STRIP, p, 9 * j, q);
                Exponentials.add(q, STRIP, w[j], w[j + 1], out, s);
            }
        }
    }

    /** The sources are the targets: each strip meets itself and the points behind it. */
    static void symmetric(float[] x, int n, float[] w, float[] out) {
        var q = new float[2 * STRIP];
        var near = new float[3 * STRIP];
        for (int s = 0; s < n; s += STRIP) {
            gather(x, n, s, near);
            for (int j = s; j < s + STRIP; j += 2) {
                Distances.two(near, STRIP, x, n, j, q);
                Exponentials.add(q, STRIP, w[j], w[j + 1], out, s);
            }
            for (int j = s + STRIP; j < n; j += 2) {
                Distances.two(near, STRIP, x, n, j, q);
                Exponentials.addBothWays(q, STRIP, w, j, out, s);
            }
        }
    }

    static void three(double[] x, int n, double[] p, double[] w, int m, double[] out) {
        var q = new double[2 * STRIP64];
        var near = new double[3 * STRIP64];
        for (int s = 0; s < n; s += STRIP64) {
            for (int k = 0; k < 3; k++) {
                System.arraycopy(x, k * n + s, near, k * STRIP64, STRIP64);
            }
            for (int j = 0; j < m; j += 2) {
                Distances.two(near, STRIP64, p, m, j, q);
                Exponentials.add(q, STRIP64, w[j], w[j + 1], out, s);
            }
        }
    }

    /**
     * Brings the planes' pieces of one strip together: planes a multiple of 4 KB apart share cache
     * sets, and nine of them thrash eight ways.
     */
    private static void gather(float[] x, int n, int s, float[] near) {
        for (int k = 0; k < near.length / STRIP; k++) {
            System.arraycopy(x, k * n + s, near, k * STRIP, STRIP);
        }
    }
}
