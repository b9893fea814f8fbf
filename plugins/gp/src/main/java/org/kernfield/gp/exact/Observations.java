package org.kernfield.gp.exact;

/**
 * What was observed, standardised. The arrays are shared, nobody modifies them.
 *
 * @param x n × columns, row-major
 * @param columns inputs of a row, at least 1
 * @param y n × targets, row-major, without gaps
 * @param targets numbers to be told of a row, at least 1
 * @param noise variance of the noise of each row besides what the covariance function says; null
 *     for none
 */
public record Observations(double[] x, int columns, double[] y, int targets, double[] noise) {
    /** n. */
    public int rows() {
        return x.length / columns;
    }

    /** The rows of these numbers, in that order. */
    public Observations rows(int[] numbers) {
        return new Observations(
                rows(x, columns, numbers),
                columns,
                rows(y, targets, numbers),
                targets,
                noise == null ? null : rows(noise, 1, numbers));
    }

    private static double[] rows(double[] from, int width, int[] numbers) {
        var to = new double[numbers.length * width];
        for (int k = 0; k < numbers.length; k++) {
            System.arraycopy(from, numbers[k] * width, to, k * width, width);
        }
        return to;
    }
}
