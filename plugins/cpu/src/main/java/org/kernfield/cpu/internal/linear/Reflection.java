package org.kernfield.cpu.internal.linear;

/** One of Householder's reflections I − τ·v·vᵀ (LAPACK's {@code dlarfg}). */
final class Reflection {
    private Reflection() {}

    /**
     * Turns x into a multiple of its first axis.
     *
     * @param x overwritten: that multiple, then the vector v behind its first element 1
     * @return τ; 0 where nothing had to be done
     */
    static double make(double[] x, int at, int length) {
        double below = length <= 1 ? 0 : Loops.norm(x, at + 1, length - 1);
        if (below == 0) {
            return 0;
        }
        double head = x[at];
        double beta = -Math.copySign(Math.hypot(head, below), head);
        // one after the other: the difference's reciprocal may overflow
        for (int k = 1; k < length; k++) {
            x[at + k] /= head - beta;
        }
        x[at] = beta;
        return (beta - head) / beta;
    }
}
