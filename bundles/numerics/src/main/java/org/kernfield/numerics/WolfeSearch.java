package org.kernfield.numerics;

import java.nio.DoubleBuffer;

/**
 * A step length a along a direction of descent with φ(a) ≤ φ(0) + c₁·a·φ'(0) and |φ'(a)| ≤
 * c₂·|φ'(0)|, asked for one value at a time. Values that are not finite count as too far.
 *
 * <p>Source: J. Nocedal and S. J. Wright, Numerical Optimization (2006), algorithms 3.5 and 3.6 and
 * the cubic of equation 3.59.
 */
final class WolfeSearch {
    /** What follows from a value. */
    enum Answer {
        ACCEPTED,
        AGAIN,
        FAILED
    }

    /** Numbers that {@link #save} writes. */
    static final int SIZE = 13;

    private static final double DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;

    /** Share of an interval that a trial keeps away from its ends. */
    private static final double MARGIN = 0.1;

    private static final double GROWTH = 4;
    private static final int MOST = 20;

    /** A step length with value and slope there. */
    private record Trial(double a, double value, double slope) {}

    private final Trial start;
    private final double longest;
    private Trial low;
    private Trial high;
    private double step;
    private int trials;
    private boolean isZooming;
    private boolean isLast;

    /**
     * @param value φ(0)
     * @param slope φ'(0), negative
     * @param first step to try
     * @param longest step allowed, at least {@code first}
     */
    WolfeSearch(double value, double slope, double first, double longest) {
        this.start = new Trial(0, value, slope);
        this.longest = longest;
        this.low = start;
        this.high = start;
        this.step = first;
    }

    private WolfeSearch(DoubleBuffer from) {
        start = new Trial(0, from.get(), from.get());
        longest = from.get();
        low = new Trial(from.get(), from.get(), from.get());
        high = new Trial(from.get(), from.get(), from.get());
        step = from.get();
        trials = (int) from.get();
        isZooming = from.get() != 0;
        isLast = from.get() != 0;
    }

    static WolfeSearch restored(DoubleBuffer from) {
        return new WolfeSearch(from);
    }

    void save(DoubleBuffer into) {
        into.put(start.value).put(start.slope).put(longest);
        into.put(low.a).put(low.value).put(low.slope);
        into.put(high.a).put(high.value).put(high.slope);
        into.put(step).put(trials).put(isZooming ? 1 : 0).put(isLast ? 1 : 0);
    }

    /** The step length whose value is wanted next. */
    double step() {
        return step;
    }

    /** Takes in φ and φ' at {@link #step}. */
    Answer offer(double value, double slope) {
        if (isLast) {
            return value < start.value ? Answer.ACCEPTED : Answer.FAILED;
        }
        trials++;
        boolean isFinite = Double.isFinite(value) && Double.isFinite(slope);
        var trial =
                isFinite
                        ? new Trial(step, value, slope)
                        : new Trial(step, Double.POSITIVE_INFINITY, 0);
        boolean isTooHigh =
                !isFinite || value > start.value + DECREASE * step * start.slope || rises(trial);
        if (!isTooHigh && Math.abs(slope) <= -CURVATURE * start.slope) {
            return Answer.ACCEPTED;
        }
        if (!isTooHigh && !isZooming && slope < 0) {
            return goFurther(trial);
        }
        narrow(trial, isTooHigh);
        return again();
    }

    private boolean rises(Trial trial) {
        return trial.value >= low.value && (isZooming || low.a > 0);
    }

    private Answer goFurther(Trial trial) {
        if (step >= longest) {
            return Answer.ACCEPTED;
        }
        low = trial;
        step = Math.min(longest, GROWTH * step);
        return Answer.AGAIN;
    }

    private void narrow(Trial trial, boolean isTooHigh) {
        if (isTooHigh) {
            high = trial;
        } else {
            // the minimum lies between the new low end and where the slope has the other sign
            if (!isZooming || trial.slope * (high.a - low.a) >= 0) {
                high = low;
            }
            low = trial;
        }
        isZooming = true;
    }

    private Answer again() {
        double width = Math.abs(high.a - low.a);
        if (trials >= MOST || width <= Math.ulp(Math.max(low.a, high.a))) {
            if (low.a == 0) {
                return Answer.FAILED;
            }
            isLast = true;
            step = low.a;
            return Answer.AGAIN;
        }
        double least = Math.min(low.a, high.a);
        double wanted = minimiser();
        double middle = least + 0.5 * width;
        step =
                Double.isFinite(wanted)
                        ? Math.clamp(wanted, least + MARGIN * width, least + (1 - MARGIN) * width)
                        : middle;
        return Answer.AGAIN;
    }

    /** Of the cubic through both ends, or of the parabola where the far end has no slope. */
    private double minimiser() {
        double width = high.a - low.a;
        if (Double.isInfinite(high.value)) {
            return Double.NaN;
        }
        double d1 = low.slope + high.slope - 3 * (high.value - low.value) / width;
        double d2 = Math.copySign(Math.sqrt(d1 * d1 - low.slope * high.slope), width);
        return high.a - width * (high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2);
    }
}
