package org.kernfield.kernel;

/**
 * Random numbers as a function of where they are used: Philox 4×32 with 10 rounds, of whose first
 * word the upper 24 bits are taken, so that both precisions hold the number exactly.
 *
 * <p>Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy
 * as 1, 2, 3, SC 2011, section 3.3.
 */
final class Philox {
    private static final double LARGEST = 0x1p24;
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    private Philox() {}

    /** A multiple of 2⁻²⁴ in [0, 1); NaN unless all operands are within ±2²⁴. */
    static double uniform(double seed, double step, double stream, double index) {
        boolean known = isKnown(seed) && isKnown(step) && isKnown(stream) && isKnown(index);
        return known
                ? (word(whole(seed), whole(step), whole(stream), whole(index)) >>> 8) * 0x1p-24
                : Double.NaN;
    }

    private static boolean isKnown(double v) {
        return Math.abs(v) <= LARGEST;
    }

    private static int whole(double v) {
        return (int) Math.rint(v);
    }

    private static int word(int seed, int step, int stream, int index) {
        int c0 = index;
        int c1 = index >> 31;
        int c2 = stream;
        int c3 = step;
        int k0 = seed;
        int k1 = seed >> 31;
        for (int round = 0; round < ROUNDS; round++) {
            long left = MULTIPLIER_0 * (c0 & 0xFFFFFFFFL);
            long right = MULTIPLIER_1 * (c2 & 0xFFFFFFFFL);
            c0 = (int) (right >>> 32) ^ c1 ^ k0;
            c2 = (int) (left >>> 32) ^ c3 ^ k1;
            c1 = (int) right;
            c3 = (int) left;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return c0;
    }
}
