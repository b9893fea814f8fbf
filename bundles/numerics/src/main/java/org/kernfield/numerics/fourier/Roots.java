package org.kernfield.numerics.fourier;

/** exp(−2πi k/n) for k from 0 on, each to within rounding. */
final class Roots {
    final double[] re;
    final double[] im;

    Roots(int n, int count) {
        re = new double[count];
        im = new double[count];
        for (int k = 0; k < count; k++) {
            set(k, n);
        }
    }

    /** Takes the angle from the nearest multiple of a right angle, where it is exact enough. */
    private void set(int k, int n) {
        int quarter = (int) ((8L * k + n) / (2L * n));
        double angle = StrictMath.PI * (4L * k - (long) quarter * n) / (2.0 * n);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        switch (quarter & 3) {
            case 0 -> set(k, cos, -sin);
            case 1 -> set(k, -sin, -cos);
            case 2 -> set(k, -cos, sin);
            default -> set(k, sin, cos);
        }
    }

    private void set(int k, double real, double imaginary) {
        re[k] = real;
        im[k] = imaginary;
    }
}
