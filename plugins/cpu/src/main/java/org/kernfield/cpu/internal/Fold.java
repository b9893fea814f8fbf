package org.kernfield.cpu.internal;

/** Sums the lanes of a stored vector in a fixed order: halves, then quarters, and so on. */
final class Fold {
    private Fold() {}

    /** Overwrites {@code lanes[at …]} on the way. */
    static float lanes(float[] lanes, int at) {
        for (int half = VectorWidth.LANES / 2; half > 0; half /= 2) {
            for (int k = 0; k < half; k++) {
                lanes[at + k] += lanes[at + half + k];
            }
        }
        return lanes[at];
    }
}
