package org.kernfield.shell.internal.verb;

/**
 * What one fit of a cross-validation came to.
 *
 * @param fold from 0
 * @param rows fitted
 * @param held rows held out and scored
 * @param rmse in units of the deviation of the targets fitted
 * @param nlpd of targets in those units
 * @param coverage95 share of held-out labels within 95 % intervals
 * @param crps in those units
 * @param logMarginal of the fit; NaN where it has none
 * @param seconds of the fit
 */
record FoldScore(
        int fold,
        int rows,
        int held,
        double rmse,
        double nlpd,
        double coverage95,
        double crps,
        double logMarginal,
        double seconds) {}
