package org.kernfield.splat.train;

/** Rows of arrays. */
final class Rows {
    private Rows() {}

    /**
     * Rows of another array, zeros after the numbers that they had there.
     *
     * @param before their width
     * @param width at least {@code before}
     * @param origin of each the row it is, −1 for zeros
     */
    static float[] taken(float[] from, int before, int width, int[] origin) {
        var taken = new float[origin.length * width];
        for (int k = 0; k < origin.length; k++) {
            if (origin[k] >= 0) {
                System.arraycopy(from, origin[k] * before, taken, k * width, before);
            }
        }
        return taken;
    }
}
