package org.kernfield.kernel;

/**
 * Polynomials of the special functions, highest power first: interpolants at Chebyshev nodes,
 * computed with 60 digits. The relative error of each stands beside it.
 */
record Coefficients(double[] erfSmall, double[] erfLarge, double[] logGamma, double[] arcTangent) {
    /** erf(x)/x in x² on [0, 1], 1.3e-9. */
    private static final double[] ERF_SMALL_F32 = {
        7.875875063e-5,
        -0.0008016864287,
        0.005189087423,
        -0.02685421201,
        0.1128359472,
        -0.3761262667,
        1.128379166
    };

    /** As {@link #ERF_SMALL_F32}, 1.5e-19. */
    private static final double[] ERF_SMALL_F64 = {
        5.9571761477489114e-11,
        -1.13728488567916737e-9,
        1.46597752740474358e-8,
        -1.6350312701054695e-7,
        1.6461000484121368e-6,
        -0.0000149255952668311816,
        0.000120553311116427109,
        -0.000854832698083378991,
        0.00522397762481801447,
        -0.0268661706450767932,
        0.112837916709548787,
        -0.376126389031837481,
        1.12837916709551257
    };

    /** e^(x²) erfc(x) / t in t = 2/(2 + x) for 1 ≤ x ≤ 4, 9e-9. */
    private static final double[] ERF_LARGE_F32 = {
        0.09489634377,
        -0.3857676313,
        0.4365275881,
        -0.0001439088707,
        0.2976126923,
        0.2741515745,
        0.2826198898
    };

    /** As {@link #ERF_LARGE_F32} for 1 ≤ x ≤ 6, 2e-17. */
    private static final double[] ERF_LARGE_F64 = {
        -0.0840096210576416528,
        0.623371689418562371,
        -2.08998302467046541,
        4.13692012161263385,
        -5.29824803524154455,
        4.55612131076757912,
        -2.73755694359154163,
        1.29835650767986863,
        -0.520810905687046173,
        0.0727893205058792898,
        -0.0319824131790536841,
        0.0881802178251502478,
        0.175787787053797898,
        0.246875314839803955,
        0.282092664932576336,
        0.282094841480419913
    };

    /** log Γ(x) / ((x − 1)(x − 2)) in 2x − 3 on [1, 2], 4.4e-9. */
    private static final double[] LOG_GAMMA_F32 = {
        -2.905242853e-6,
        9.557596313e-6,
        -2.451356572e-5,
        8.321862487e-5,
        -0.0002947628587,
        0.001050506109,
        -0.003913534146,
        0.01572776347,
        -0.07297994849,
        0.4831289523
    };

    /** As {@link #LOG_GAMMA_F32}, 1.4e-18. */
    private static final double[] LOG_GAMMA_F64 = {
        -3.70057113290474263e-12,
        1.15776139106496876e-11,
        -1.59360425372987229e-11,
        5.03006709060548168e-11,
        -2.07532295421636597e-10,
        6.5655031582107999e-10,
        -2.01847412791333444e-9,
        6.43036650621679179e-9,
        -2.06198512637316669e-8,
        6.6238705716423163e-8,
        -2.13863806052802325e-7,
        6.94842839370406186e-7,
        -2.27424723580275863e-6,
        7.51139184683795327e-6,
        -0.0000250943287009006341,
        0.0000851009037443477601,
        -0.000294550701516431181,
        0.00104981866445463502,
        -0.00391356093762633099,
        0.015727850268641098,
        -0.0729799479571530413,
        0.48312895054098089
    };

    /** atan(z)/z in z² for |z| ≤ tan(π/8), 6.3e-10. */
    private static final double[] ARC_TANGENT_F32 = {
        -0.06026070971, 0.1056973802, -0.142395205, 0.1999818238, -0.3333330688, 0.9999999994
    };

    /** As {@link #ARC_TANGENT_F32}, 1.3e-18. */
    private static final double[] ARC_TANGENT_F64 = {
        -0.0178038963948125634,
        0.0379639031611108332,
        -0.0503504979531243932,
        0.0584686675227513898,
        -0.0666295024603679127,
        0.0769204519456148147,
        -0.0909089680147281344,
        0.111111107446570996,
        -0.142857142792449685,
        0.199999999999408373,
        -0.333333333333331209,
        0.999999999999999999
    };

    private static final Coefficients F32 =
            new Coefficients(ERF_SMALL_F32, ERF_LARGE_F32, LOG_GAMMA_F32, ARC_TANGENT_F32);
    private static final Coefficients F64 =
            new Coefficients(ERF_SMALL_F64, ERF_LARGE_F64, LOG_GAMMA_F64, ARC_TANGENT_F64);

    static Coefficients of(Precision precision) {
        return precision == Precision.F64 ? F64 : F32;
    }

    /** Where erf is 1 in this precision. */
    double erfEnd() {
        return this == F64 ? 6 : 4;
    }

    /** From where on the asymptotic series of log Γ is used. */
    int stirlingFrom() {
        return this == F64 ? 12 : 6;
    }

    /** From where on the asymptotic series of ψ is used. */
    int digammaFrom() {
        return this == F64 ? 10 : 6;
    }

    /** B₂ₖ / (2k (2k−1)), k from the last to 1: log Γ(x) has them with x^(1−2k). */
    double[] stirling() {
        return this == F64
                ? new double[] {
                    1.0 / 156,
                    -691.0 / 360360,
                    1.0 / 1188,
                    -1.0 / 1680,
                    1.0 / 1260,
                    -1.0 / 360,
                    1.0 / 12
                }
                : new double[] {1.0 / 1260, -1.0 / 360, 1.0 / 12};
    }

    /** B₂ₖ / 2k, k from the last to 1: ψ(x) has them with −x^(−2k). */
    double[] bernoulli() {
        return this == F64
                ? new double[] {
                    -3617.0 / 8160,
                    1.0 / 12,
                    -691.0 / 32760,
                    1.0 / 132,
                    -1.0 / 240,
                    1.0 / 252,
                    -1.0 / 120,
                    1.0 / 12
                }
                : new double[] {1.0 / 252, -1.0 / 120, 1.0 / 12};
    }
}
