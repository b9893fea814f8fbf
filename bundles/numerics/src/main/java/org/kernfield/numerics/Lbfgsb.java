package org.kernfield.numerics;

import java.nio.DoubleBuffer;

/**
 * Minimises a smooth function inside a box, from its values and gradients: limited-memory BFGS with
 * bounds. It asks for one evaluation at a time, so that a fit stays bounded, can stop anywhere and
 * go on elsewhere with the same bits: evaluate at {@link #point}, hand the result to {@link
 * #advance}, until {@link #isDone}. A value that is not finite counts as a step too far.
 *
 * <p>Source: R. H. Byrd, P. Lu, J. Nocedal and C. Zhu, A limited memory algorithm for bound
 * constrained optimization, SIAM J. Sci. Comput. 16 (1995), 1190–1208; line search by the strong
 * Wolfe conditions.
 */
public final class Lbfgsb {
    /** Why it ended. */
    public enum Outcome {
        /** It has not. */
        RUNNING,
        /** No component of the projected gradient is larger than asked for. */
        GRADIENT,
        /** The last iteration gained less than asked for. */
        REDUCTION,
        /** No step along the direction of descent finds a smaller value. */
        STALLED,
        /** As many iterations as are allowed. */
        LIMIT,
        /** The first value is not finite. */
        UNDEFINED
    }

    /**
     * When to stop.
     *
     * @param gradient largest component of the projected gradient that is small enough
     * @param reduction gain of an iteration, relative to max(|f|, 1), that is too small to go on
     * @param iterations most
     */
    public record Stop(double gradient, double reduction, int iterations) {}

    private static final int HISTORY = 10;

    /** Evaluations that are usual of a search that begins near its end. */
    private static final double USUAL = 10;

    private final double[] lower;
    private final double[] upper;
    private final Stop stop;
    private final CompactHessian hessian = new CompactHessian(HISTORY);
    private final double[] x;
    private final double[] g;
    private final double[] d;
    private final double[] trial;
    private double value = Double.POSITIVE_INFINITY;
    private WolfeSearch search;
    private int iterations;
    private int evaluations;
    private Outcome outcome = Outcome.RUNNING;

    /**
     * @param start moved into the box if it lies outside; not modified
     * @param lower bounds, −∞ for none; kept
     * @param upper bounds, +∞ for none; kept
     * @throws IllegalArgumentException if the lengths differ or a lower bound is above the upper
     */
    public Lbfgsb(double[] start, double[] lower, double[] upper, Stop stop) {
        check(start, lower, upper);
        this.lower = lower;
        this.upper = upper;
        this.stop = stop;
        int n = start.length;
        x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = Math.clamp(start[i], lower[i], upper[i]);
        }
        g = new double[n];
        d = new double[n];
        trial = x.clone();
        outcome = n == 0 ? Outcome.GRADIENT : Outcome.RUNNING;
    }

    private static void check(double[] start, double[] lower, double[] upper) {
        if (lower.length != start.length || upper.length != start.length) {
            throw new IllegalArgumentException(
                    "L-BFGS-B: %d variables, %d lower and %d upper bounds; give as many of each"
                            .formatted(start.length, lower.length, upper.length));
        }
        for (int i = 0; i < start.length; i++) {
            if (!(lower[i] <= upper[i]) || Double.isNaN(start[i])) {
                throw new IllegalArgumentException(
                        "L-BFGS-B: variable %d = %s between %s and %s; give a number and a box"
                                .formatted(i, start[i], lower[i], upper[i]));
            }
        }
    }

    /** Where value and gradient are wanted next, as a new array. */
    public double[] point() {
        return trial.clone();
    }

    /**
     * Takes in what the function is at {@link #point}.
     *
     * @param f value; not finite where the function is not defined
     * @param gradient not modified
     */
    public void advance(double f, double[] gradient) {
        if (outcome != Outcome.RUNNING) {
            return;
        }
        evaluations++;
        if (search == null) {
            begin(f, gradient);
            return;
        }
        switch (search.offer(f, Krylov.dot(gradient, d))) {
            case AGAIN -> place();
            case ACCEPTED -> accept(f, gradient);
            case FAILED -> retreat();
        }
    }

    private void begin(double f, double[] gradient) {
        if (!Double.isFinite(f) || !Double.isFinite(Krylov.norm(gradient))) {
            outcome = Outcome.UNDEFINED;
            return;
        }
        value = f;
        System.arraycopy(gradient, 0, g, 0, g.length);
        head();
    }

    private void accept(double f, double[] gradient) {
        var step = new double[x.length];
        var change = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            step[i] = trial[i] - x[i];
            change[i] = gradient[i] - g[i];
        }
        double gain = value - f;
        System.arraycopy(trial, 0, x, 0, x.length);
        System.arraycopy(gradient, 0, g, 0, g.length);
        value = f;
        iterations++;
        hessian.update(step, change);
        if (gain <= stop.reduction * Math.max(Math.abs(f), 1)) {
            outcome = Outcome.REDUCTION;
        } else if (iterations >= stop.iterations) {
            outcome = Outcome.LIMIT;
        }
        head();
    }

    /** The line search found nothing: once more without memory, then no more. */
    private void retreat() {
        if (hessian.isEmpty()) {
            outcome = Outcome.STALLED;
            System.arraycopy(x, 0, trial, 0, x.length);
            return;
        }
        hessian.clear();
        head();
    }

    /** Chooses a direction from where it is. */
    private void head() {
        if (outcome == Outcome.RUNNING && projectedGradient() <= stop.gradient) {
            outcome = Outcome.GRADIENT;
        }
        if (outcome != Outcome.RUNNING) {
            System.arraycopy(x, 0, trial, 0, x.length);
            return;
        }
        double slope = aim();
        if (!(slope < 0) && !hessian.isEmpty()) {
            hessian.clear();
            slope = aim();
        }
        if (!(slope < 0)) {
            outcome = Outcome.STALLED;
            System.arraycopy(x, 0, trial, 0, x.length);
            return;
        }
        double longest = room();
        double first = hessian.isEmpty() ? Math.min(1, 1 / Krylov.norm(d)) : 1;
        search = new WolfeSearch(value, slope, Math.min(first, longest), longest);
        place();
    }

    /** Sets the direction; returns the slope along it. */
    private double aim() {
        double[] goal = new BoundedModel(hessian, x, g, lower, upper).minimiser();
        for (int i = 0; i < d.length; i++) {
            d[i] = goal[i] - x[i];
        }
        return Krylov.dot(g, d);
    }

    /** How far along the direction the box reaches, at least 1. */
    private double room() {
        double longest = 1e10;
        for (int i = 0; i < d.length; i++) {
            if (d[i] != 0) {
                longest = Math.min(longest, ((d[i] > 0 ? upper[i] : lower[i]) - x[i]) / d[i]);
            }
        }
        return Math.max(1, longest);
    }

    private void place() {
        for (int i = 0; i < x.length; i++) {
            trial[i] = Math.clamp(x[i] + search.step() * d[i], lower[i], upper[i]);
        }
    }

    /** Largest component of the gradient that does not point out of the box. */
    public double projectedGradient() {
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            double moved = Math.clamp(x[i] - g[i], lower[i], upper[i]);
            largest = Math.max(largest, Math.abs(moved - x[i]));
        }
        return largest;
    }

    public boolean isDone() {
        return outcome != Outcome.RUNNING;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** The best point so far, as a new array. */
    public double[] best() {
        return x.clone();
    }

    /** The value at {@link #best}; ∞ before the first. */
    public double value() {
        return value;
    }

    public int iterations() {
        return iterations;
    }

    public int evaluations() {
        return evaluations;
    }

    /** How far it is, 0 to 1: a guess by the number of evaluations that never goes back. */
    public double progress() {
        return isDone() ? 1 : evaluations / (evaluations + USUAL);
    }

    /**
     * Takes over what another search has learned of the curvature, if this one has not begun.
     *
     * @param scale by which this function is steeper than the other
     */
    public void learn(Lbfgsb other, double scale) {
        if (search == null) {
            hessian.learn(other.hessian, scale);
        }
    }

    /** Everything needed to go on, as numbers for {@link #restore}; none is NaN. */
    public double[] memory() {
        int n = x.length;
        var memory = new double[5 + 4 * n + WolfeSearch.SIZE + hessian.size(n)];
        var into = DoubleBuffer.wrap(memory);
        into.put(value).put(iterations).put(evaluations).put(outcome.ordinal());
        into.put(search == null ? 0 : 1).put(x).put(g).put(d).put(trial);
        hessian.save(into);
        if (search != null) {
            search.save(into);
        }
        return memory;
    }

    /**
     * Goes on from where another one with the same bounds was; copies.
     *
     * @throws IllegalArgumentException if it was of another number of variables
     */
    public void restore(double[] memory) {
        int n = x.length;
        if (memory.length < 7 + 4 * n + WolfeSearch.SIZE) {
            throw new IllegalArgumentException(
                    "L-BFGS-B: a memory of %d numbers is not of %d variables; begin anew"
                            .formatted(memory.length, n));
        }
        var from = DoubleBuffer.wrap(memory);
        value = from.get();
        iterations = (int) from.get();
        evaluations = (int) from.get();
        outcome = Outcome.values()[(int) from.get()];
        boolean hasSearch = from.get() != 0;
        from.get(x).get(g).get(d).get(trial);
        hessian.restore(from, n);
        search = hasSearch ? WolfeSearch.restored(from) : null;
    }
}
