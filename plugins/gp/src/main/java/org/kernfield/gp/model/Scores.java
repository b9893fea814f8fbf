package org.kernfield.gp.model;

/**
 * How well predictions met what was observed, in standard units.
 *
 * @param rmse root of the mean squared error
 * @param nlpd mean negative logarithm of the predictive density
 * @param coverage95 share of observations within 1.96 deviations
 */
record Scores(double rmse, double nlpd, double coverage95) {
    /** Half the width of the central 95 % of a normal distribution. */
    static final double BAND = 1.959963984540054;

    /**
     * @param error observed less predicted; NaN where nothing was observed
     * @param variance of the observation
     */
    static Scores of(double[] error, double[] variance) {
        double squares = 0;
        double surprise = 0;
        int inside = 0;
        int count = 0;
        for (int k = 0; k < error.length; k++) {
            if (Double.isNaN(error[k])) {
                continue;
            }
            double square = error[k] * error[k];
            squares += square;
            surprise += 0.5 * (Math.log(2 * Math.PI * variance[k]) + square / variance[k]);
            inside += Math.abs(error[k]) <= BAND * Math.sqrt(variance[k]) ? 1 : 0;
            count++;
        }
        return new Scores(Math.sqrt(squares / count), surprise / count, (double) inside / count);
    }
}
