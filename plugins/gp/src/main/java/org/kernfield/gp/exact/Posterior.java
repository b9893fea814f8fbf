package org.kernfield.gp.exact;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;

/**
 * A Gaussian process given observations.
 *
 * @param k covariance function
 * @param x n × d
 * @param alpha K⁻¹·y, n × targets
 * @param factor lower Cholesky factor of K, the covariance of what is observed, n × n
 * @param jitter what was added to the diagonal of K
 * @param condition estimate of K's condition number
 * @param logMarginal logarithm of the marginal likelihood of the observations
 */
public record Posterior(
        BoundCovariance k,
        Array x,
        Array alpha,
        Array factor,
        double jitter,
        double condition,
        double logMarginal) {
    /**
     * Conditions on observations.
     *
     * @param jitter share of the mean variance always added to the diagonal
     * @throws IndefiniteException if the covariance matrix is not positive definite
     */
    public static Posterior of(
            BoundCovariance k, Observations data, double jitter, Compute compute) {
        try (var gram = new Gram(data)) {
            var factored = Jitter.factor(gram, k, jitter, compute);
            Array y = Array.of(data.targets(), data.y());
            Array alpha = Solve.with(factored.lower(), y, compute.linearAlgebra());
            return new Posterior(
                    k,
                    Array.of(data.columns(), data.x()),
                    alpha,
                    factored.lower(),
                    factored.jitter(),
                    1 / compute.linearAlgebra().pocon(factored.lower(), factored.norm()),
                    Objective.logMarginal(factored.lower(), alpha, data.y()));
        }
    }
}
