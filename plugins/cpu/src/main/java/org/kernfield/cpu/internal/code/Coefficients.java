package org.kernfield.cpu.internal.code;

/** Chebyshev interpolants, highest power first. */
final class Coefficients {
    /** (eʳ − 1 − r) / r² on |r| ≤ ln 2 / 2, so that eʳ is within 1.05e-7. */
    static final float[] EXP = {8.312524175e-3f, 4.189012151e-2f, 0.1666711450f, 0.4999923173f};

    /** (ln(1+f) − f + f²/2) / f³ on 1+f in [√½, √2], largest error 5e-8. */
    static final float[] LOG = {
        6.969753982e-2f,
        -1.147918809e-1f,
        1.168579594e-1f,
        -1.242577672e-1f,
        1.424903273e-1f,
        -1.666779828e-1f,
        2.000071630e-1f,
        -2.499999700e-1f,
        3.333333118e-1f
    };

    /** (sin r − r) / r³ in r² on |r| ≤ π/4. */
    static final float[] SIN = {
        2.724990066e-6f, -1.984008654e-4f, 8.333331874e-3f, -1.666666666e-1f
    };

    /** (cos r − 1 + r²/2) / r⁴ in r² on |r| ≤ π/4. */
    static final float[] COS = {
        -2.730093822e-7f, 2.480060021e-5f, -1.388888767e-3f, 4.166666666e-2f
    };

    /** (tanh x − x) / x³ in x² on |x| ≤ 0.625. */
    static final float[] TANH = {
        2.291806737e-3f,
        -8.343116743e-3f,
        2.176866519e-2f,
        -5.395922836e-2f,
        1.333330342e-1f,
        -3.333333317e-1f
    };

    private Coefficients() {}
}
