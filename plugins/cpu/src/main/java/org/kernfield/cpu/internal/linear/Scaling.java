package org.kernfield.cpu.internal.linear;

/** Brings a matrix near 1 by a power of two, so that squares neither overflow nor vanish. */
final class Scaling {
    private Scaling() {}

    /**
     * Copies the lower triangle to the upper one and scales.
     *
     * @return what the eigenvalues are to be multiplied by
     * @throws ArithmeticException if there is NaN or infinity
     */
    static double symmetric(View<double[]> a) {
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < i; j++) {
                a.data()[a.at(j, i)] = a.data()[a.at(i, j)];
            }
        }
        return general("symmetricEigen", a);
    }

    /** As {@link #symmetric}, as it is. */
    static double general(String call, View<double[]> a) {
        double largest = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                double size = Math.abs(a.data()[a.at(i, j)]);
                if (!(size < Double.POSITIVE_INFINITY)) {
                    throw new ArithmeticException(
                            call
                                    + ": the matrix holds NaN or infinity; look for where they"
                                    + " come from");
                }
                largest = Math.max(largest, size);
            }
        }
        if (largest == 0) {
            return 1;
        }
        int exponent = Math.max(Math.getExponent(largest), -1000);
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                a.data()[a.at(i, j)] = Math.scalb(a.data()[a.at(i, j)], -exponent);
            }
        }
        return Math.scalb(1.0, exponent);
    }
}
