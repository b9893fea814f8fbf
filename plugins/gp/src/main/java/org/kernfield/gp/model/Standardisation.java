package org.kernfield.gp.model;

/**
 * Inputs and targets less their means, in units of their population deviations. A column that does
 * not change becomes 0 everywhere.
 *
 * @param inputMean d numbers
 * @param inputScale d numbers above 0
 * @param targetMean p numbers
 * @param targetScale p numbers above 0
 */
record Standardisation(
        double[] inputMean, double[] inputScale, double[] targetMean, double[] targetScale) {
    /**
     * @param isCentred whether the target's mean is taken off, else it counts as 0
     */
    static Standardisation of(double[] x, int inputs, double[] y, int targets, boolean isCentred) {
        double[] inputMean = means(x, inputs);
        double[] targetMean = isCentred ? means(y, targets) : new double[targets];
        return new Standardisation(
                inputMean, scales(x, inputMean), targetMean, scales(y, targetMean));
    }

    private static double[] means(double[] values, int width) {
        var means = new double[width];
        for (int c = 0; c < width; c++) {
            means[c] = mean(values, width, c);
        }
        return means;
    }

    /** Of those that are there; 0 where none is. */
    private static double mean(double[] values, int width, int c) {
        double first = Double.NaN;
        int count = 0;
        for (int k = c; k < values.length; k += width) {
            first = Double.isNaN(first) ? values[k] : first;
            count += Double.isNaN(values[k]) ? 0 : 1;
        }
        // from the first value, so that equal values have exactly that mean
        double sum = 0;
        for (int k = c; k < values.length; k += width) {
            sum += Double.isNaN(values[k]) ? 0 : (values[k] - first) / count;
        }
        return count == 0 ? 0 : first + sum;
    }

    private static double[] scales(double[] values, double[] means) {
        int width = means.length;
        var scales = new double[width];
        for (int c = 0; c < width; c++) {
            double deviation = deviation(values, width, c, means[c]);
            boolean isConstant = !(deviation > Math.ulp(means[c]) * 4);
            scales[c] = isConstant ? Math.max(1, Math.abs(means[c])) : deviation;
        }
        return scales;
    }

    private static double deviation(double[] values, int width, int c, double mean) {
        double largest = 0;
        int count = 0;
        for (int k = c; k < values.length; k += width) {
            if (!Double.isNaN(values[k])) {
                largest = Math.max(largest, Math.abs(values[k] - mean));
                count++;
            }
        }
        if (largest == 0) {
            return 0;
        }
        double squares = 0;
        for (int k = c; k < values.length; k += width) {
            // in units of the largest, so that squares neither overflow nor vanish
            double share = (values[k] - mean) / largest;
            squares += Double.isNaN(share) ? 0 : share * share;
        }
        return largest * Math.sqrt(squares / count);
    }

    /** Rows of inputs in units of the deviations. */
    double[] inputs(double[] x) {
        return standardised(x, inputMean, inputScale);
    }

    /** Rows of targets in units of the deviations; NaN stays. */
    double[] targets(double[] y) {
        return standardised(y, targetMean, targetScale);
    }

    /** Rows in units of the table again. */
    static double[] original(double[] values, double[] mean, double[] scale) {
        var all = new double[values.length];
        for (int k = 0; k < all.length; k++) {
            int c = k % mean.length;
            all[k] = mean[c] + scale[c] * values[k];
        }
        return all;
    }

    private static double[] standardised(double[] values, double[] mean, double[] scale) {
        var all = new double[values.length];
        for (int k = 0; k < all.length; k++) {
            int c = k % mean.length;
            all[k] = (values[k] - mean[c]) / scale[c];
        }
        return all;
    }
}
