package org.kernfield.gp.exact;

/**
 * What is known of the factor of a Student-t process once its rows are.
 *
 * @param degrees of freedom of the prior, ν
 * @param rows n
 * @param squares β of each target
 */
public record Tails(double degrees, int rows, double[] squares) {
    /** Of a process with these weights α = K⁻¹y. */
    public static Tails of(StudentT process, double[] alpha, Observations data) {
        double[] squares = StudentT.squares(alpha, data.y(), data.targets());
        return new Tails(process.degrees(data.rows(), squares), data.rows(), squares);
    }

    /** What is added to the logarithm of the Gaussian marginal likelihood. */
    public double gain() {
        return StudentT.gain(degrees, rows, squares);
    }

    /** Factors of the predictive variance of each target. */
    public double[] scales() {
        var scales = new double[squares.length];
        for (int t = 0; t < scales.length; t++) {
            scales[t] = StudentT.scale(degrees, rows, squares[t]);
        }
        return scales;
    }

    /** What rows are told from the others: β without a row is β − r²/v. */
    public LeaveOneOut of(LeaveOneOut gaussian) {
        double[] residual = gaussian.residual();
        double[] variance = gaussian.variance().clone();
        for (int k = 0; k < variance.length; k++) {
            double own = residual[k] * residual[k] / variance[k];
            double others = Math.max(0, squares[k % squares.length] - own);
            variance[k] *= StudentT.scale(degrees, rows - 1, others);
        }
        return new LeaveOneOut(residual, variance);
    }
}
