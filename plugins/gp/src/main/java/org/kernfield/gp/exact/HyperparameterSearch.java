package org.kernfield.gp.exact;

import org.kernfield.backend.Array;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Coordinates;
import org.kernfield.numerics.Lbfgsb;

/**
 * Looks for the hyper-parameters that explain observations best, one evaluation at a time: the
 * objective plus the priors' log densities, by L-BFGS-B over the coordinates of the covariance
 * function.
 */
public final class HyperparameterSearch implements AutoCloseable {
    private final Coordinates coordinates;
    private final Observations data;
    private final Objective objective;
    private final double jitter;
    private final Lbfgsb optimiser;
    private final Gram gram;
    private String refusal;

    /**
     * @param k the covariance function, anywhere
     * @param start where to begin, in its coordinates
     * @param jitter share of the mean variance always added to the diagonal
     */
    public HyperparameterSearch(
            BoundCovariance k,
            double[] start,
            Observations data,
            Objective objective,
            double jitter,
            Lbfgsb.Stop stop) {
        this.coordinates = k.coordinates();
        this.data = data;
        this.objective = objective;
        this.jitter = jitter;
        this.optimiser = new Lbfgsb(start, coordinates.lower(), coordinates.upper(), stop);
        this.gram = new Gram(data);
    }

    /** Lets the backend begin to compile what evaluations are made of. */
    public void announce(Compute compute) {
        Gram.announce(coordinates.at(optimiser.point()), data.rows(), compute);
    }

    /**
     * One evaluation of the objective and its gradient.
     *
     * @throws IndefiniteException if the covariance matrix is not positive definite at the start
     */
    public void step(Compute compute) {
        if (isDone()) {
            return;
        }
        BoundCovariance k = coordinates.at(optimiser.point());
        LinearAlgebra algebra = compute.linearAlgebra();
        try {
            Array factor = Jitter.factor(gram, k, jitter, compute).lower();
            Array y = Array.of(data.targets(), data.y());
            Array alpha = Solve.with(factor, y, algebra);
            var evaluation = objective.evaluate(factor, alpha, data.y(), algebra);
            var gradient = gram.gradient(k, evaluation.weights(), compute);
            offer(k, evaluation.value(), k.coordinates().gradient(gradient));
        } catch (IndefiniteException e) {
            refusal = e.getMessage();
            optimiser.advance(Double.POSITIVE_INFINITY, new double[coordinates.size()]);
        }
        if (optimiser.outcome() == Lbfgsb.Outcome.UNDEFINED) {
            throw new IndefiniteException(
                    refusal != null
                            ? refusal
                            : k + ": its likelihood is no finite number; use other values");
        }
    }

    private void offer(BoundCovariance k, double value, double[] gradient) {
        Coordinates at = k.coordinates();
        double[] prior = at.logPriorGradient();
        var descent = new double[gradient.length];
        for (int i = 0; i < gradient.length; i++) {
            descent[i] = -gradient[i] - prior[i];
        }
        optimiser.advance(-value - at.logPrior(), descent);
    }

    public boolean isDone() {
        return optimiser.isDone();
    }

    /** The best coordinates so far. */
    public double[] best() {
        return optimiser.best();
    }

    /** The objective and the priors at the best coordinates; −∞ before the first evaluation. */
    public double value() {
        return -optimiser.value();
    }

    /** What it walks by; its memory is all that has to be kept of a search. */
    public Lbfgsb optimiser() {
        return optimiser;
    }

    @Override
    public void close() {
        gram.close();
    }
}
