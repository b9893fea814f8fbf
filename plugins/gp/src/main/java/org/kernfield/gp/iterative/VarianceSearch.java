package org.kernfield.gp.iterative;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.field.State;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Coordinates;
import org.kernfield.gp.Hyperparameter;
import org.kernfield.gp.Transform;
import org.kernfield.gp.exact.IndefiniteException;
import org.kernfield.gp.exact.LeaveOneOut;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.Rows;
import org.kernfield.numerics.Lbfgsb;
import org.kernfield.numerics.predictive.Calibration;
import org.kernfield.numerics.predictive.Normal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Looks for the noise and the scales of a covariance function by which some rows are predicted best
 * from the rows nearest to each, among all. The other hyper-parameters stay. What explains a part
 * of a table without noise may be far too sure of the whole, where rows lie closer. What is gained
 * has to be more than chance explains, or all stays as it was.
 *
 * <p>Sources: S. Sundararajan and S. S. Keerthi, Predictive approaches for choosing hyperparameters
 * in Gaussian processes (2001), of the log predictive density of each row as the objective; M.
 * Jankowiak and G. Pleiss, Scalable cross validation losses for Gaussian process models (2021), of
 * nearest rows for it. Here it is the mean over labels, with the log density of the priors a label.
 */
public final class VarianceSearch {
    /** Rows that each is predicted from. */
    private static final int NEIGHBOURS = 128;

    /** Where noise may begin besides where it is, as shares of the mean variance. */
    private static final double[] SHARES = {1e-3, 1e-2, 1e-1};

    /** Of a coordinate, for differences. */
    private static final double STEP = 1e-4;

    private static final Lbfgsb.Stop STOP = new Lbfgsb.Stop(1e-3, 1e-5, 20);

    /** The bounds of chance leave out one case in a hundred. */
    private static final double CHANCE = Normal.quantile(0.99);

    /** Before the names of what it keeps. */
    private static final String PREFIX = "variances.";

    private final BoundCovariance start;
    private final Coordinates coordinates;
    private final Observations data;
    private final Array x;
    private final MatrixFreeSolve.Setup setup;
    private final int[] chosen;
    private final int[] noise; // numbers of coordinates
    private final int[] free; // of those too, and of scales
    private NearestLeaveOneOut others; // null until a step needs it
    private int tried; // starts
    private double[] from; // the best start
    private double value = Double.POSITIVE_INFINITY; // of it
    private double before = Double.POSITIVE_INFINITY;
    private Lbfgsb optimiser; // null before all starts are tried

    /**
     * @param start the covariance function as it is
     * @param setup of the solve to come
     * @param chosen numbers of the rows that are predicted
     */
    public VarianceSearch(
            BoundCovariance start, Observations data, MatrixFreeSolve.Setup setup, int[] chosen) {
        this.start = start;
        this.coordinates = start.coordinates();
        this.data = data;
        this.x = Array.of(data.columns(), data.x());
        this.setup = setup;
        this.chosen = chosen;
        var variances = new HashSet<>(start.scaleParameters());
        variances.addAll(start.noiseParameters());
        noise = logarithms(start, start.noiseParameters());
        free = logarithms(start, variances);
        from = coordinates.values();
    }

    /** Numbers of the coordinates that are logarithms of some hyper-parameters. */
    private static int[] logarithms(BoundCovariance k, Set<String> wanted) {
        var names = new HashSet<String>();
        for (Hyperparameter h : k.hyperparameters()) {
            if (wanted.contains(h.name()) && h.transform() == Transform.LOG) {
                names.add(h.name());
            }
        }
        List<String> all = k.coordinates().names();
        return IntStream.range(0, all.size())
                .filter(i -> names.contains(all.get(i).replaceFirst("\\[.*", "")))
                .toArray();
    }

    /** Tries one start or, after all of them, evaluates the objective and its gradient once. */
    public void step(Compute compute) {
        if (isDone()) {
            return;
        }
        if (others == null) {
            others =
                    NearestLeaveOneOut.of(
                            start, data, diagonal(start, compute), chosen, NEIGHBOURS, compute);
        }
        if (optimiser == null) {
            attempt(compute);
        } else {
            evaluate(compute);
        }
    }

    /**
     * As it is, and then some amounts of noise, each with all variances as errors would have it.
     */
    private void attempt(Compute compute) {
        double[] at = coordinates.values();
        if (tried == 0) {
            before = objective(at, compute);
            value = before;
        } else {
            double factor = SHARES[tried - 1] * signalOf(at, compute) / noiseOf(at, compute);
            at = moved(at, noise, factor, k -> noiseOf(k, compute));
        }
        double[] scaled =
                moved(
                        at,
                        free,
                        standardised(at, compute),
                        k -> signalOf(k, compute) + noiseOf(k, compute));
        double there = objective(scaled, compute);
        if (there < value) {
            value = there;
            from = scaled;
        }
        tried++;
        if (tried == 1 + SHARES.length || noise.length == 0) {
            begin();
        }
    }

    private void begin() {
        optimiser =
                new Lbfgsb(pick(from), pick(coordinates.lower()), pick(coordinates.upper()), STOP);
    }

    /** Squared errors as multiples of what is expected, the mean. */
    private double standardised(double[] at, Compute compute) {
        try {
            LeaveOneOut predicted = predicted(coordinates.at(at), compute);
            double sum = 0;
            for (int i = 0; i < predicted.variance().length; i++) {
                double error = predicted.residual()[i];
                sum += error * error / predicted.variance()[i];
            }
            return sum / predicted.variance().length;
        } catch (IndefiniteException e) {
            return 1;
        }
    }

    /**
     * Coordinates moved together until something is a multiple of what it was, as nearly as one
     * correction gets there; as they are where the factor is no positive number.
     *
     * @param level which goes with a power of what they are the logarithms of
     */
    private double[] moved(
            double[] at, int[] which, double factor, ToDoubleFunction<double[]> level) {
        double by = Math.log(factor);
        if (!Double.isFinite(by)) {
            return at;
        }
        double[] moved = moved(at, which, by);
        double power = Math.log(level.applyAsDouble(moved) / level.applyAsDouble(at)) / by;
        return power > 1.1 ? moved(at, which, by / power) : moved;
    }

    private double[] moved(double[] at, int[] which, double by) {
        double[] moved = at.clone();
        for (int i : which) {
            moved[i] = Math.clamp(at[i] + by, coordinates.lower()[i], coordinates.upper()[i]);
        }
        return moved;
    }

    private void evaluate(Compute compute) {
        double[] point = optimiser.point();
        double here = objective(put(point), compute);
        var gradient = new double[point.length];
        for (int i = 0; i < point.length && Double.isFinite(here); i++) {
            double[] other = point.clone();
            other[i] += point[i] + STEP > coordinates.upper()[free[i]] ? -STEP : STEP;
            gradient[i] = (objective(put(other), compute) - here) / (other[i] - point[i]);
        }
        optimiser.advance(here, gradient);
        if (optimiser.value() < value) {
            value = optimiser.value();
            from = put(optimiser.best());
        }
    }

    /** What is made as small as possible, a label; ∞ where nothing can be predicted. */
    private double objective(double[] at, Compute compute) {
        BoundCovariance k = coordinates.at(at);
        try {
            LeaveOneOut predicted = predicted(k, compute);
            double[] residual = predicted.residual();
            var scores =
                    Calibration.of(residual, new double[residual.length], predicted.variance(), 1);
            return scores.nlpd() - prior(k);
        } catch (IndefiniteException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** Log density of the priors a label of the table. */
    private double prior(BoundCovariance k) {
        return k.coordinates().logPrior() / ((double) data.rows() * data.targets());
    }

    private LeaveOneOut predicted(BoundCovariance k, Compute compute) {
        return others.by(k, diagonal(k, compute), compute);
    }

    /** Noise of each row, with what conjugate gradients would add. */
    private double[] diagonal(BoundCovariance k, Compute compute) {
        double[] all = Rows.noise(k, x, compute);
        for (int i = 0; i < all.length; i++) {
            all[i] += data.noise() == null ? 0 : data.noise()[i];
        }
        Lift lift = Lift.of(setup, data, mean(Rows.variance(k, x, compute)), mean(all));
        for (int i = 0; i < all.length; i++) {
            all[i] += lift.value();
        }
        return all;
    }

    private double noiseOf(double[] at, Compute compute) {
        return mean(Rows.noise(coordinates.at(at), x, compute));
    }

    private double signalOf(double[] at, Compute compute) {
        return mean(Rows.variance(coordinates.at(at), x, compute));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    /** The coordinates that it moves. */
    private double[] pick(double[] all) {
        return IntStream.of(free).mapToDouble(i -> all[i]).toArray();
    }

    /** All coordinates, with others of those that it moves. */
    private double[] put(double[] some) {
        double[] all = coordinates.values();
        for (int i = 0; i < free.length; i++) {
            all[free[i]] = some[i];
        }
        return all;
    }

    public boolean isDone() {
        return free.length == 0 || optimiser != null && optimiser.isDone();
    }

    /** How much is done, 0 to 1. */
    public double progress() {
        double starts = 1 + SHARES.length;
        double searched = optimiser == null ? 0 : optimiser.progress();
        return isDone() ? 1 : 0.5 * (tried / starts + searched);
    }

    /**
     * The best covariance function so far; the one it began with unless another is surely better.
     */
    public BoundCovariance best() {
        return isBetter() ? coordinates.at(from) : start;
    }

    /**
     * Whether twice the gain of all labels is above the 99 % quantile of χ² with a degree of
     * freedom for each coordinate (Wilson and Hilferty's approximation).
     */
    private boolean isBetter() {
        double labels = (double) chosen.length * data.targets();
        double spread = 2.0 / (9 * free.length);
        double cube = 1 - spread + CHANCE * Math.sqrt(spread);
        return 2 * labels * (before - value) > free.length * cube * cube * cube;
    }

    /** Names of the coordinates that it moves. */
    public List<String> names() {
        return IntStream.of(free).mapToObj(coordinates.names()::get).toList();
    }

    /** Whether anything could be predicted with the covariance function that it began with. */
    public boolean isStartScored() {
        return Double.isFinite(before);
    }

    /**
     * By how much the mean log predictive density of a label has risen, priors left aside; 0 where
     * {@link #best} is as it was or that could not be scored.
     */
    public double gain() {
        return isBetter() && isStartScored()
                ? before + prior(start) - value - prior(coordinates.at(from))
                : 0;
    }

    /** Rows that were predicted. */
    public int rows() {
        return chosen.length;
    }

    /** What has to be kept of it, besides how it was made. */
    public void save(State into) {
        into.values().put(PREFIX + "before", Double.toString(before));
        into.values().put(PREFIX + "value", Double.toString(value));
        into.values().put(PREFIX + "tried", Integer.toString(tried));
        if (from.length > 0) {
            into.arrays().put(PREFIX + "from", Array.of(1, from.clone()));
        }
        if (optimiser != null) {
            into.arrays().put(PREFIX + "memory", Array.of(1, optimiser.memory()));
        }
    }

    /** Goes on from what {@link #save} wrote. */
    public void restore(State state) {
        before = Double.parseDouble(state.values().get(PREFIX + "before"));
        value = Double.parseDouble(state.values().get(PREFIX + "value"));
        tried = (int) state.integer(PREFIX + "tried");
        if (from.length > 0) {
            from = Rows.doubles(state.array(PREFIX + "from")).clone();
        }
        if (state.arrays().containsKey(PREFIX + "memory")) {
            begin();
            optimiser.restore(Rows.doubles(state.array(PREFIX + "memory")).clone());
        }
    }

    /** Whether a state holds something that {@link #save} wrote. */
    public static boolean isIn(State state) {
        return state.values().containsKey(PREFIX + "before");
    }
}
