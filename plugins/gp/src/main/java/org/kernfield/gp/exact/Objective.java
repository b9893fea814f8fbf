package org.kernfield.gp.exact;

import org.kernfield.backend.Array;
import org.kernfield.backend.LinearAlgebra;

/**
 * What a choice of hyper-parameters is judged by; the larger the better. Several targets are
 * independent processes with the same covariance, their values add up.
 *
 * <p>Source: C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning (2006),
 * equations 2.30, 5.9 and 5.10 to 5.13.
 */
@FunctionalInterface
public interface Objective {
    /** The logarithm of the marginal likelihood. */
    Objective LIKELIHOOD =
            (factor, alpha, y, algebra) -> likelihood(null, factor, alpha, y, algebra);

    /** The sum of the logarithms of the predictive density of each row given all others. */
    Objective LOO =
            (factor, alpha, y, algebra) -> {
                algebra.potri(factor);
                return leaveOneOut(factor, alpha, algebra);
            };

    /**
     * The logarithm of the marginal likelihood of a Student-t process, degrees of freedom that are
     * not fixed at their best.
     */
    static Objective of(StudentT process) {
        return (factor, alpha, y, algebra) -> likelihood(process, factor, alpha, y, algebra);
    }

    /**
     * A value and its derivative by the covariance matrix.
     *
     * @param weights n × n: dvalue = Σ_ij weights_ij · dK_ij
     */
    record Evaluation(double value, Array weights) {}

    /**
     * @param factor lower Cholesky factor L of K, n × n; overwritten
     * @param alpha K⁻¹·y, n × targets
     * @param y n × targets
     */
    Evaluation evaluate(Array factor, Array alpha, double[] y, LinearAlgebra algebra);

    /**
     * ∂/∂K = ½(c·αα' − K⁻¹) for each target, c = 1 for a Gaussian process and (ν + n)/(ν + β − 2)
     * for a Student-t process.
     */
    private static Evaluation likelihood(
            StudentT process, Array factor, Array alpha, double[] y, LinearAlgebra algebra) {
        double value = logMarginal(factor, alpha, y);
        Array weighted = alpha;
        if (process != null) {
            int n = Math.toIntExact(factor.rows());
            double[] squares = StudentT.squares(Rows.doubles(alpha), y, alpha.width());
            double degrees = process.degrees(n, squares);
            value += StudentT.gain(degrees, n, squares);
            weighted = weighted(alpha, degrees, squares);
        }
        algebra.potri(factor);
        algebra.syrk(0.5, weighted, false, -0.5 * alpha.width(), factor);
        return new Evaluation(value, factor);
    }

    /** √c·α. */
    private static Array weighted(Array alpha, double degrees, double[] squares) {
        double[] weighted = Rows.doubles(alpha).clone();
        double n = alpha.rows();
        for (int k = 0; k < weighted.length; k++) {
            double square = squares[k % squares.length];
            weighted[k] *= Math.sqrt((degrees + n) / (degrees + square - 2));
        }
        return Array.of(alpha.width(), weighted);
    }

    /** −½ yᵀα − Σ log L_ii − ½n·log 2π, for each target. */
    static double logMarginal(Array factor, Array alpha, double[] y) {
        double[] weights = Rows.doubles(alpha);
        double fit = 0;
        for (int k = 0; k < y.length; k++) {
            fit += weights[k] * y[k];
        }
        long n = factor.rows();
        double determinant = 0;
        for (long i = 0; i < n; i++) {
            determinant += Math.log(factor.get(i * n + i));
        }
        return -0.5 * fit - alpha.width() * (determinant + 0.5 * n * Math.log(2 * Math.PI));
    }

    /**
     * With κ_i = (K⁻¹)_ii: Σ ½log κ_i − ½α_i²/κ_i − ½log 2π, and ∂/∂K = ½(αbᵀ + bαᵀ) −
     * K⁻¹·diag(c)·K⁻¹ where b = K⁻¹(α/κ) and c_i = ½(1/κ_i + α_i²/κ_i²).
     */
    private static Evaluation leaveOneOut(Array inverse, Array alpha, LinearAlgebra algebra) {
        int n = inverse.width();
        int targets = alpha.width();
        double[] k = Rows.doubles(inverse);
        double[] a = Rows.doubles(alpha);
        double value = 0;
        Array ratio = Array.zeros(inverse.type(), n, targets);
        Array scaled = inverse.as(inverse.type());
        double[] s = Rows.doubles(scaled);
        for (int i = 0; i < n; i++) {
            double kappa = k[i * n + i];
            double c = 0;
            for (int t = 0; t < targets; t++) {
                double at = a[i * targets + t];
                ratio.set((long) i * targets + t, at / kappa);
                value += 0.5 * (Math.log(kappa) - at * at / kappa - Math.log(2 * Math.PI));
                c += 0.5 * (1 / kappa + at * at / (kappa * kappa));
            }
            double root = Math.sqrt(c);
            for (int j = 0; j < n; j++) {
                s[i * n + j] *= root;
            }
        }
        Array b = Array.zeros(inverse.type(), n, targets);
        algebra.gemm(1, inverse, false, ratio, false, 0, b);
        algebra.syrk(-1, scaled, true, 0, inverse);
        algebra.gemm(0.5, alpha, false, b, true, 1, inverse);
        algebra.gemm(0.5, b, false, alpha, true, 1, inverse);
        return new Evaluation(value, inverse);
    }
}
