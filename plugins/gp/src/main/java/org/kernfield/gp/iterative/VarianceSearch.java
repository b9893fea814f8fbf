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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Looks for the noise and the scales of a covariance function by which some rows are told best from
 * the rows nearest to each, among all. The other hyper-parameters stay. What explains a part of a
 * table without noise may be far too sure of the whole, where rows lie closer.
 *
 * <p>Source: S. Sundararajan and S. S. Keerthi, Predictive approaches for choosing hyperparameters
 * in Gaussian processes (2001), of the log predictive density of each row as the objective; here
 * its mean, with the log density of the priors a row.
 */
public final class VarianceSearch {
    /** Rows that each is told from. */
    private static final int NEIGHBOURS = 128;

    /** Where noise may begin besides where it is, as shares of the mean variance. */
    private static final double[] SHARES = {1e-3, 1e-2, 1e-1};

    /** Of a coordinate, for differences. */
    private static final double STEP = 1e-4;

    private static final Lbfgsb.Stop STOP = new Lbfgsb.Stop(1e-3, 1e-5, 20);

    /** Before the names of what it keeps. */
    private static final String PREFIX = "variances.";

    private final BoundCovariance start;
    private final Coordinates coordinates;
    private final Observations data;
    private final MatrixFreeSolve.Setup setup;
    private final int[] chosen;
    private final int[] noise; // numbers of coordinates
    private final int[] free; // of those too, and of scales
    private NearestLeaveOneOut others; // null until a step needs it
    private Lbfgsb optimiser; // null before the first step
    private double before = Double.POSITIVE_INFINITY;

    /**
     * @param start the covariance function as it is
     * @param setup of the solve to come
     * @param chosen numbers of the rows that are told
     */
    public VarianceSearch(
            BoundCovariance start, Observations data, MatrixFreeSolve.Setup setup, int[] chosen) {
        this.start = start;
        this.coordinates = start.coordinates();
        this.data = data;
        this.setup = setup;
        this.chosen = chosen;
        var variances = new HashSet<>(start.scaleParameters());
        variances.addAll(start.noiseParameters());
        noise = logarithms(start, start.noiseParameters());
        free = logarithms(start, variances);
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

    /** A look at several amounts of noise, and after that one evaluation with its gradient. */
    public void step(Compute compute) {
        if (isDone()) {
            return;
        }
        if (others == null) {
            others =
                    NearestLeaveOneOut.of(
                            start, data, noise(start, compute), chosen, NEIGHBOURS, compute);
        }
        if (optimiser == null) {
            scan(compute);
        } else {
            evaluate(compute);
        }
    }

    /**
     * Begins at the best of some amounts of noise, each with all variances at their best: where
     * squared errors are as large as they are expected to be.
     */
    private void scan(Compute compute) {
        double[] from = coordinates.values();
        before = objective(from, compute);
        double best = before;
        for (double[] candidate : candidates(compute)) {
            double[] scaled = moved(candidate, free, surplus(candidate, compute));
            double value = objective(scaled, compute);
            if (value < best) {
                best = value;
                from = scaled;
            }
        }
        begin(from);
    }

    private void begin(double[] from) {
        optimiser =
                new Lbfgsb(pick(from), pick(coordinates.lower()), pick(coordinates.upper()), STOP);
    }

    private List<double[]> candidates(Compute compute) {
        Array x = Array.of(data.columns(), data.x());
        double variance = mean(Rows.variance(start, x, compute));
        double now = mean(Rows.noise(start, x, compute));
        var candidates = new ArrayList<double[]>();
        candidates.add(coordinates.values());
        for (int i = 0; i < SHARES.length && noise.length > 0; i++) {
            double share = SHARES[i];
            candidates.add(moved(coordinates.values(), noise, share * variance / now));
        }
        return candidates;
    }

    /** Squared errors as multiples of what is expected, the mean. */
    private double surplus(double[] at, Compute compute) {
        try {
            LeaveOneOut told = told(coordinates.at(at), compute);
            double sum = 0;
            for (int i = 0; i < told.variance().length; i++) {
                sum += told.residual()[i] * told.residual()[i] / told.variance()[i];
            }
            return sum / told.variance().length;
        } catch (IndefiniteException e) {
            return 1;
        }
    }

    /** Times a factor, within bounds; as they are where it is no positive number. */
    private double[] moved(double[] at, int[] which, double factor) {
        double[] moved = at.clone();
        double by = Double.isFinite(Math.log(factor)) ? Math.log(factor) : 0;
        for (int i : which) {
            moved[i] = Math.clamp(at[i] + by, coordinates.lower()[i], coordinates.upper()[i]);
        }
        return moved;
    }

    private void evaluate(Compute compute) {
        double[] point = optimiser.point();
        double value = objective(put(point), compute);
        var gradient = new double[point.length];
        for (int i = 0; i < point.length && Double.isFinite(value); i++) {
            double[] other = point.clone();
            other[i] += point[i] + STEP > coordinates.upper()[free[i]] ? -STEP : STEP;
            gradient[i] = (objective(put(other), compute) - value) / (other[i] - point[i]);
        }
        optimiser.advance(value, gradient);
    }

    /** What is made as small as possible, a row; ∞ where nothing can be told. */
    private double objective(double[] at, Compute compute) {
        BoundCovariance k = coordinates.at(at);
        try {
            LeaveOneOut told = told(k, compute);
            var means = new double[told.residual().length];
            double nlpd = Calibration.of(told.residual(), means, told.variance(), 1).nlpd();
            return nlpd - k.coordinates().logPrior() / data.rows();
        } catch (IndefiniteException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    private LeaveOneOut told(BoundCovariance k, Compute compute) {
        return others.by(k, noise(k, compute), compute);
    }

    /** Of each row, with what conjugate gradients would add. */
    private double[] noise(BoundCovariance k, Compute compute) {
        Array x = Array.of(data.columns(), data.x());
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
        return isDone() ? 1 : optimiser == null ? 0 : optimiser.progress();
    }

    /** The best covariance function so far. */
    public BoundCovariance best() {
        return isBetter() ? coordinates.at(put(optimiser.best())) : start;
    }

    private boolean isBetter() {
        return optimiser != null && optimiser.value() < before;
    }

    /**
     * By how much the log predictive density of a row has risen, the mean; 0 where there is nothing
     * to compare with.
     */
    public double gain() {
        return isBetter() && Double.isFinite(before) ? before - optimiser.value() : 0;
    }

    /** Rows that were told. */
    public int rows() {
        return chosen.length;
    }

    /** What has to be kept of it, besides how it was made. */
    public void save(State into) {
        into.values().put(PREFIX + "before", Double.toString(before));
        if (optimiser != null) {
            into.arrays().put(PREFIX + "memory", Array.of(1, optimiser.memory()));
        }
    }

    /** Goes on from what {@link #save} wrote. */
    public void restore(State from) {
        before = Double.parseDouble(from.values().get(PREFIX + "before"));
        if (from.arrays().containsKey(PREFIX + "memory")) {
            begin(coordinates.values());
            optimiser.restore(Rows.doubles(from.array(PREFIX + "memory")).clone());
        }
    }

    /** Whether a state holds something that {@link #save} wrote. */
    public static boolean isIn(State state) {
        return state.values().containsKey(PREFIX + "before");
    }
}
