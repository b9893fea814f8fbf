package org.kernfield.gp.iterative;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.field.State;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Coordinates;
import org.kernfield.gp.exact.IndefiniteException;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.Rows;

import java.util.Map;
import java.util.Optional;

/**
 * A few steps of Adam towards the hyper-parameters that explain all rows best, by the estimate of
 * the log marginal likelihood and its gradient that conjugate gradients give, with the same random
 * vectors at each. Of where it was it keeps the best, which may be where it began.
 *
 * <p>Source: D. P. Kingma and J. Ba, Adam: A Method for Stochastic Optimization (2015).
 */
public final class Polish implements AutoCloseable {
    /** Of a step, in coordinates, most of which are logarithms. */
    private static final double RATE = 0.05;

    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double TINY = 1e-8;

    /** Before the names of what it keeps. */
    private static final String PREFIX = "polish.";

    private final Coordinates coordinates;
    private final Observations data;
    private final MatrixFreeSolve.Setup setup;
    private final int steps;
    private final double[] mean;
    private final double[] square;
    private double[] point;
    private double[] best;
    private double start = Double.NaN;
    private double bestValue = Double.NEGATIVE_INFINITY;
    private int taken;
    private boolean isDone;
    private String refusal; // null unless it ended before its last step
    private MatrixFreeSolve solve; // null between two points

    /**
     * @param k where to begin
     * @param steps of Adam, each of which costs one solve for all rows
     */
    public Polish(BoundCovariance k, Observations data, MatrixFreeSolve.Setup setup, int steps) {
        this.coordinates = k.coordinates();
        this.data = data;
        this.setup = setup;
        this.steps = steps;
        point = coordinates.values();
        best = point.clone();
        mean = new double[point.length];
        square = new double[point.length];
        isDone = steps == 0;
        if (point.length == 0) {
            refuse("no hyper-parameter is free");
        }
    }

    private void refuse(String why) {
        refusal = why;
        isDone = true;
    }

    /** A step of a solve, and where that has ended one of Adam; a solve that fails ends it all. */
    public void step(Compute compute) {
        if (isDone) {
            return;
        }
        BoundCovariance k = coordinates.at(point);
        if (solve == null) {
            solve = new MatrixFreeSolve(k, data, setup);
        }
        try {
            solve.step(compute);
        } catch (NotConvergedException | IndefiniteException e) {
            refuse(e.getMessage());
        }
        if (solve.isDone()) {
            settle(k, compute);
        }
        if (isDone) {
            close();
        }
    }

    private void settle(BoundCovariance k, Compute compute) {
        Coordinates at = k.coordinates();
        double value = solve.logMarginal() + at.logPrior();
        start = Double.isNaN(start) ? value : start;
        if (value > bestValue) {
            bestValue = value;
            best = point;
        }
        isDone = taken == steps;
        if (!Double.isFinite(value)) {
            refuse("the log marginal likelihood has no finite estimate");
        }
        if (!isDone) {
            double[] gradient = at.gradient(solve.gradient(compute));
            double[] prior = at.logPriorGradient();
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += prior[i];
            }
            advance(gradient);
            close();
        }
    }

    private void advance(double[] gradient) {
        taken++;
        double[] lower = coordinates.lower();
        double[] upper = coordinates.upper();
        var next = new double[point.length];
        for (int i = 0; i < next.length; i++) {
            mean[i] = FIRST_DECAY * mean[i] + (1 - FIRST_DECAY) * gradient[i];
            square[i] = SECOND_DECAY * square[i] + (1 - SECOND_DECAY) * gradient[i] * gradient[i];
            double direction = mean[i] / (1 - Math.pow(FIRST_DECAY, taken));
            double size = Math.sqrt(square[i] / (1 - Math.pow(SECOND_DECAY, taken)));
            next[i] = Math.clamp(point[i] + RATE * direction / (size + TINY), lower[i], upper[i]);
        }
        point = next;
    }

    public boolean isDone() {
        return isDone;
    }

    /** How much is done, 0 to 1. */
    public double progress() {
        double inside = solve == null ? 0 : solve.progress();
        return isDone ? 1 : (taken + inside) / (steps + 1);
    }

    /** The best covariance function so far. */
    public BoundCovariance best() {
        return coordinates.at(best);
    }

    /** Steps of Adam taken so far. */
    public int taken() {
        return taken;
    }

    /** Steps of Adam that were asked for. */
    public int steps() {
        return steps;
    }

    /** Why it ended before its last step; empty if it did not. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** How much the estimate of the log marginal likelihood has risen; 0 before it is known. */
    public double gain() {
        return Double.isNaN(start) ? 0 : bestValue - start;
    }

    /** What has to be kept of it, besides how it was made. */
    public void save(State into) {
        var own = new State(Map.of(), Map.of());
        own.values().put("isDone", Boolean.toString(isDone));
        own.values().put("taken", Integer.toString(taken));
        own.values().put("start", Double.toString(start));
        own.values().put("bestValue", Double.toString(bestValue));
        if (refusal != null) {
            own.values().put("refusal", refusal);
        }
        if (point.length > 0) {
            own.arrays().put("point", Array.of(1, point.clone()));
            own.arrays().put("best", Array.of(1, best.clone()));
            own.arrays().put("mean", Array.of(1, mean.clone()));
            own.arrays().put("square", Array.of(1, square.clone()));
        }
        if (solve != null) {
            solve.save(own);
        }
        own.values().forEach((name, value) -> into.values().put(PREFIX + name, value));
        own.arrays().forEach((name, value) -> into.arrays().put(PREFIX + name, value));
    }

    /** Goes on from what {@link #save} wrote. */
    public void restore(State from, Compute compute) {
        State own = own(from);
        isDone = Boolean.parseBoolean(own.values().get("isDone"));
        refusal = own.values().get("refusal");
        taken = (int) own.integer("taken");
        start = Double.parseDouble(own.values().get("start"));
        bestValue = Double.parseDouble(own.values().get("bestValue"));
        if (point.length > 0) {
            point = Rows.doubles(own.array("point")).clone();
            best = Rows.doubles(own.array("best")).clone();
            System.arraycopy(Rows.doubles(own.array("mean")), 0, mean, 0, mean.length);
            System.arraycopy(Rows.doubles(own.array("square")), 0, square, 0, square.length);
        }
        if (own.values().containsKey("isSolved")) {
            solve = new MatrixFreeSolve(coordinates.at(point), data, setup);
            solve.restore(own, compute);
        }
    }

    private static State own(State from) {
        var own = new State(Map.of(), Map.of());
        keep(from.values(), own.values());
        keep(from.arrays(), own.arrays());
        return own;
    }

    /** What has the prefix, without it. */
    private static <T> void keep(Map<String, T> from, Map<String, T> to) {
        from.forEach(
                (name, value) -> {
                    if (name.startsWith(PREFIX)) {
                        to.put(name.substring(PREFIX.length()), value);
                    }
                });
    }

    /** Whether a state holds something that {@link #save} wrote. */
    public static boolean isIn(State state) {
        return state.values().containsKey(PREFIX + "taken");
    }

    /** Frees the buffers of a solve; a point that was not settled is begun anew. */
    @Override
    public void close() {
        if (solve != null) {
            solve.close();
            solve = null;
        }
    }
}
