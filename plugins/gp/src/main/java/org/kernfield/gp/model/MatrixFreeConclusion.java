package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.field.Model;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.LeaveOneOut;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.StudentT;
import org.kernfield.gp.exact.Tails;
import org.kernfield.gp.iterative.MatrixFreeSolve;
import org.kernfield.gp.iterative.NearestLeaveOneOut;
import org.kernfield.gp.iterative.NearestVariance;
import org.kernfield.gp.iterative.NotConvergedException;
import org.kernfield.gp.iterative.Polish;
import org.kernfield.gp.iterative.VarianceSearch;

import java.util.Map;

/**
 * By conjugate gradients; by the whole matrix if they do not converge and it fits into memory, and
 * not at all if it does not.
 */
final class MatrixFreeConclusion implements Conclusion {
    private static final int PROBES = 4;

    /** More, since what they tell is walked by. */
    private static final int POLISH_PROBES = 16;

    /** Of an element of the matrix over all iterations, beside an evaluation's element. */
    private static final double COST = 2000;

    private static final int PIVOTS = 1500;
    private static final int SAMPLE = 4000;

    /** Rows that are told from their nearest, as a check. */
    private static final int CHECKED = 500;

    /** Rows before those, by which noise and scales are chosen. */
    private static final int TOLD = 1000;

    /** Of the search for noise and scales, in solves for all rows. */
    private static final double SHARE = 0.2;

    /** Matrices of n × n float64 that the exact way needs. */
    private static final int MATRICES = 3;

    private final Problem problem;
    private final Settings settings;
    private final RowOrder order;
    private final boolean isVaried;
    private final int polishing; // steps of it
    private VarianceSearch variances; // null before the first step, and where there is none
    private Polish polish; // null before the first step, and where there is none
    private MatrixFreeSolve solve;
    private double farthest;
    private String refusal; // null unless it did not converge

    /**
     * @param isOfSome whether hyper-parameters were looked for among some of the rows
     * @param polishing steps by all rows before the last solve
     */
    MatrixFreeConclusion(Problem problem, Settings settings, boolean isOfSome, int polishing) {
        this.problem = problem;
        this.settings = settings;
        this.order = new RowOrder(problem.data().rows(), settings.get(GpSettings.SEED));
        // one Gaussian process of all labels: not for tails, nor for outputs with few labels each
        this.isVaried =
                isOfSome && GpSettings.student(settings) == null && !problem.outputs().isStacked();
        this.polishing = polishing;
    }

    private MatrixFreeSolve.Setup setup(int probes) {
        return new MatrixFreeSolve.Setup(
                settings.get(GpSettings.TOLERANCE),
                settings.get(GpSettings.JITTER),
                probes,
                PIVOTS,
                order.first(SAMPLE),
                settings.get(GpSettings.SEED));
    }

    private MatrixFreeSolve begun(BoundCovariance k) {
        return new MatrixFreeSolve(chosen(k), problem.data(), setup(PROBES));
    }

    private VarianceSearch begunVariances(BoundCovariance k) {
        int[] told = order.last(TOLD, CHECKED);
        return new VarianceSearch(k, problem.data(), setup(PROBES), told);
    }

    private Polish begunPolish(BoundCovariance k) {
        return new Polish(varied(k), problem.data(), setup(POLISH_PROBES), polishing);
    }

    @Override
    public BoundCovariance chosen(BoundCovariance k) {
        return polish == null ? varied(k) : polish.best();
    }

    private BoundCovariance varied(BoundCovariance k) {
        return variances == null ? k : variances.best();
    }

    @Override
    public void step(BoundCovariance k, Compute compute) {
        if (isVaried && variances == null && polish == null && solve == null) {
            variances = begunVariances(k);
        }
        if (variances != null && !variances.isDone()) {
            variances.step(compute);
            return;
        }
        if (polishing > 0 && polish == null) {
            polish = begunPolish(k);
        }
        if (polish != null && !polish.isDone()) {
            polish.step(compute);
            return;
        }
        if (solve == null) {
            solve = begun(k);
        }
        try {
            solve.step(compute);
        } catch (NotConvergedException e) {
            solve.close();
            refusal = accepted(e, compute);
        }
    }

    /**
     * What is told of it, if the whole matrix can be factored instead.
     *
     * @throws NotConvergedException the one given, if it cannot
     */
    private String accepted(NotConvergedException e, Compute compute) {
        double n = problem.data().rows();
        if (MATRICES * n * n * Double.BYTES > compute.memoryLeft()) {
            throw e;
        }
        return e.getMessage();
    }

    @Override
    public boolean isDone() {
        return refusal != null || solve != null && solve.isDone();
    }

    @Override
    public double progress() {
        double varied = variances == null ? 0 : variances.progress() * SHARE;
        double polished = polish == null ? 0 : polish.progress() * (polishing + 1);
        double solved = solve == null ? 0 : solve.progress();
        // residuals of conjugate gradients do not fall in each iteration
        farthest = Math.max(farthest, (varied + polished + solved) / solves());
        return isDone() ? 1 : farthest;
    }

    /** Solves for all rows: of polishing where it begins and after each step, and the last. */
    private double solves() {
        return (isVaried ? SHARE : 0) + (polishing == 0 ? 1 : polishing + 2);
    }

    @Override
    public double cost() {
        double n = problem.data().rows();
        return COST * n * n * solves();
    }

    @Override
    public void save(State into) {
        if (variances != null) {
            variances.save(into);
        }
        if (polish != null) {
            polish.save(into);
        }
        if (solve != null) {
            solve.save(into);
        }
        if (refusal != null) {
            into.values().put("refusal", refusal);
        }
    }

    @Override
    public void restore(State from, BoundCovariance k, Compute compute) {
        refusal = from.values().get("refusal");
        variances = VarianceSearch.isIn(from) ? begunVariances(k) : null;
        if (variances != null) {
            variances.restore(from);
        }
        polish = Polish.isIn(from) ? begunPolish(k) : null;
        if (polish != null) {
            polish.restore(from, compute);
        }
        solve = from.values().containsKey("isSolved") ? begun(k) : null;
        if (solve != null) {
            solve.restore(from, compute);
        }
    }

    @Override
    public Result finish(BoundCovariance k, Health health, Compute compute) {
        if (variances != null) {
            health.variances(variances);
        } else if (isVaried) {
            health.warn("noise and scales are from some rows alone; give more seconds");
        }
        if (polish != null) {
            health.polish(polish);
        }
        String why = refusal;
        if (why == null) {
            try (var own = continued(k, compute)) {
                while (!own.isDone()) {
                    own.step(compute);
                }
                return result(k, own, health, compute);
            } catch (NotConvergedException e) {
                why = accepted(e, compute);
            }
        }
        health.warn("the whole matrix was factored after all: " + why);
        return new ExactConclusion(problem, settings).finish(k, health, compute);
    }

    /** The solve if it is done, else a copy to go on with. */
    private MatrixFreeSolve continued(BoundCovariance k, Compute compute) {
        if (solve != null && solve.isDone()) {
            return solve;
        }
        var own = begun(k);
        if (solve != null) {
            var state = new State(Map.of(), Map.of());
            solve.save(state);
            own.restore(state, compute);
        }
        return own;
    }

    private Result result(BoundCovariance k, MatrixFreeSolve own, Health health, Compute compute) {
        Observations data = problem.data();
        Array alpha = Array.of(data.targets(), own.alpha());
        int[] chosen = order.last(CHECKED, 0);
        LeaveOneOut others = others(k, own, chosen, compute);
        StudentT student = GpSettings.student(settings);
        Tails tails = null;
        double logMarginal = own.logMarginal();
        if (student != null) {
            tails = Tails.of(student, own.alpha(), data);
            others = tails.of(others);
            logMarginal += tails.gain();
            health.tails(tails, student);
        }
        var report = health.of(k, own, others, chosen, logMarginal);
        Model model = ModelArrays.of(k, alpha, own, tails, problem, report);
        return new Result(model, others, logMarginal);
    }

    /** What rows would be told from their nearest, with what the solve left over of each. */
    private LeaveOneOut others(
            BoundCovariance k, MatrixFreeSolve own, int[] chosen, Compute compute) {
        Observations data = problem.data();
        var nearest =
                NearestLeaveOneOut.of(
                                k, data, own.noise(), chosen, NearestVariance.NEIGHBOURS, compute)
                        .by(k, own.noise(), compute);
        double[] left = own.remainder();
        int p = data.targets();
        double[] residual = nearest.residual().clone();
        for (int at = 0; at < residual.length; at++) {
            residual[at] += left[chosen[at / p] * p + at % p];
        }
        return new LeaveOneOut(residual, nearest.variance());
    }
}
