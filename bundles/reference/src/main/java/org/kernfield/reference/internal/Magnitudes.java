package org.kernfield.reference.internal;

/** Absolute values of the results. */
final class Magnitudes extends Lanes {
    private final double[] magnitudes;

    Magnitudes(Code code, Reader[] readers, int lanes) {
        super(code, readers, lanes);
        magnitudes = new double[lanes];
    }

    @Override
    double[] terms(int result, int lanes) {
        double[] values = super.terms(result, lanes);
        for (int k = 0; k < lanes; k++) {
            magnitudes[k] = Math.abs(values[k]);
        }
        return magnitudes;
    }
}
