package org.kernfield.gp.model;

import org.kernfield.field.Compute;
import org.kernfield.field.Model;
import org.kernfield.field.State;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.LeaveOneOut;
import org.kernfield.gp.exact.Posterior;

/** By the Cholesky factor of the whole covariance matrix, in one go. */
final class ExactConclusion implements Conclusion {
    private final Problem problem;
    private final double jitter;

    ExactConclusion(Problem problem, double jitter) {
        this.problem = problem;
        this.jitter = jitter;
    }

    @Override
    public void step(BoundCovariance k, Compute compute) {}

    @Override
    public boolean isDone() {
        return true;
    }

    @Override
    public void save(State into) {}

    @Override
    public void restore(State from, BoundCovariance k, Compute compute) {}

    @Override
    public Result finish(BoundCovariance k, Compute compute) {
        return finish(k, new Health(problem), compute);
    }

    Result finish(BoundCovariance k, Health health, Compute compute) {
        Posterior posterior = Posterior.of(k, problem.data(), jitter, compute);
        LeaveOneOut others = LeaveOneOut.of(posterior, compute.linearAlgebra());
        Model model = ModelArrays.of(posterior, problem, health.of(posterior, others));
        return new Result(model, others, posterior.logMarginal());
    }
}
