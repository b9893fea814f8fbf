package org.kernfield.splat.train;

/** Opacities and their logits. */
final class Logistic {
    private Logistic() {}

    /** 1/(1 + e^−x). */
    static double of(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** log(o/(1 − o)). */
    static double inverse(double opacity) {
        return Math.log(opacity / (1 - opacity));
    }
}
