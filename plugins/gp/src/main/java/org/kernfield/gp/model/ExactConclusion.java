package org.kernfield.gp.model;

import org.kernfield.field.Compute;
import org.kernfield.field.Model;
import org.kernfield.field.Report;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.LeaveOneOut;
import org.kernfield.gp.exact.Posterior;
import org.kernfield.gp.exact.Rows;
import org.kernfield.gp.exact.StudentT;
import org.kernfield.gp.exact.Tails;

/** By the Cholesky factor of the whole covariance matrix, in one go. */
final class ExactConclusion implements Conclusion {
    private final Problem problem;
    private final double jitter;
    private final StudentT student;

    ExactConclusion(Problem problem, Settings settings) {
        this.problem = problem;
        this.jitter = settings.get(GpSettings.JITTER);
        this.student = GpSettings.student(settings);
    }

    @Override
    public BoundCovariance chosen(BoundCovariance k) {
        return k;
    }

    @Override
    public void step(BoundCovariance k, Compute compute) {}

    @Override
    public boolean isDone() {
        return true;
    }

    @Override
    public double progress() {
        return 0;
    }

    @Override
    public double cost() {
        return Course.Leg.evaluation(problem.data().rows());
    }

    @Override
    public void save(State into) {}

    @Override
    public void restore(State from, BoundCovariance k, Compute compute) {}

    @Override
    public Result finish(BoundCovariance k, Health health, Compute compute) {
        Posterior posterior = Posterior.of(k, problem.data(), jitter, compute);
        LeaveOneOut others = LeaveOneOut.of(posterior, compute.linearAlgebra());
        Tails tails = null;
        double logMarginal = posterior.logMarginal();
        if (student != null) {
            tails = Tails.of(student, Rows.doubles(posterior.alpha()), problem.data());
            others = tails.of(others);
            logMarginal += tails.gain();
            health.tails(tails, student);
        }
        Report report = health.of(posterior, others, logMarginal);
        Model model = ModelArrays.of(posterior, tails, problem, report);
        return new Result(model, others, logMarginal);
    }
}
