package org.kernfield.gp.exact;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;

/**
 * What each row would be told from all others, with the hyper-parameters as they are.
 *
 * @param residual observed less predicted, n × targets
 * @param variance of the prediction, noise included, n × targets
 */
public record LeaveOneOut(double[] residual, double[] variance) {
    /**
     * From the factor alone: residual α_i/κ_i, variance 1/κ_i with κ the diagonal of K⁻¹ (Rasmussen
     * and Williams 2006, equation 5.12).
     */
    public static LeaveOneOut of(Posterior posterior, LinearAlgebra algebra) {
        Array inverse = posterior.factor().as(ElementType.F64);
        algebra.potri(inverse);
        int n = inverse.width();
        int targets = posterior.alpha().width();
        double[] alpha = Rows.doubles(posterior.alpha());
        var residual = new double[n * targets];
        var variance = new double[n * targets];
        for (int i = 0; i < n; i++) {
            double own = 1 / inverse.get((long) i * n + i);
            for (int t = 0; t < targets; t++) {
                variance[i * targets + t] = own;
                residual[i * targets + t] = alpha[i * targets + t] * own;
            }
        }
        return new LeaveOneOut(residual, variance);
    }
}
