package org.kernfield.numerics;

/**
 * Random numbers as a function of where they are used: no state, so a moved, resumed or parallel
 * computation draws the same ones. Philox 4×32 with 10 rounds, the seed as its key.
 *
 * <p>Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy
 * as 1, 2, 3, SC 2011, section 3.3.
 *
 * @param seed any number
 */
public record CounterRandom(long seed) {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    /**
     * The block function.
     *
     * @param counter four words; not modified
     * @param key two words; not modified
     * @return four words
     */
    public static int[] philox(int[] counter, int[] key) {
        return block(counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
    }

    private static int[] block(int c0, int c1, int c2, int c3, int k0, int k1) {
        for (int round = 0; round < ROUNDS; round++) {
            long left = MULTIPLIER_0 * (c0 & 0xFFFFFFFFL);
            long right = MULTIPLIER_1 * (c2 & 0xFFFFFFFFL);
            int n0 = (int) (right >>> 32) ^ c1 ^ k0;
            int n2 = (int) (left >>> 32) ^ c3 ^ k1;
            c0 = n0;
            c1 = (int) right;
            c2 = n2;
            c3 = (int) left;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return new int[] {c0, c1, c2, c3};
    }

    private int[] words(int step, int stream, long index) {
        return block(
                (int) index, (int) (index >>> 32), stream, step, (int) seed, (int) (seed >>> 32));
    }

    /** 64 random bits for an index of a stream at a step. */
    public long bits(int step, int stream, long index) {
        int[] words = words(step, stream, index);
        return (words[0] & 0xFFFFFFFFL) | (long) words[1] << 32;
    }

    /** A multiple of 2⁻⁵³, uniform in [0, 1). */
    public double uniform(int step, int stream, long index) {
        return (bits(step, stream, index) >>> 11) * 0x1p-53;
    }

    /** A standard normal number by Box and Muller's transform. */
    public double normal(int step, int stream, long index) {
        int[] words = words(step, stream, index);
        // in (0, 1], so that the logarithm is finite
        double radius = ((words[0] & 0xFFFFFFFFL) + 1) * 0x1p-32;
        double turn = (words[1] & 0xFFFFFFFFL) * 0x1p-32;
        return StrictMath.sqrt(-2 * StrictMath.log(radius))
                * StrictMath.cos(2 * StrictMath.PI * turn);
    }
}
