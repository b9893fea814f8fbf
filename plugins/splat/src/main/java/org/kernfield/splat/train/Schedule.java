package org.kernfield.splat.train;

import org.kernfield.splat.DensityStrategy;

/**
 * How the training goes on from its beginning to its end: rates fall, harmonics join, refinements
 * come at even distances. Everything depends on how far the training is and on how many steps it
 * will have, so that a short one makes the most of its steps.
 *
 * @param progress 0 to 1
 * @param steps expected in all
 */
record Schedule(double progress, double steps) {
    /** Steps for which the published rates were made. */
    private static final double PUBLISHED = 30_000;

    /** First and last refinement. */
    private static final double FIRST = 0.04;

    private static final double LAST = 0.7;
    private static final int ROUNDS = 60;

    /** Steps between two refinements, at least. */
    static final int APART = 8;

    private static final double MEANS = 1.6e-4;
    private static final double MEANS_END = 0.01;
    private static final double SCALES = 5e-3;
    private static final double ROTATIONS = 1e-3;
    private static final double OPACITIES = 5e-2;
    private static final double COLOURS = 2.5e-3;
    private static final double ATTRIBUTES = 5e-3;
    private static final double EXPOSURES = 5e-3;

    /** Of cameras, in radians, and in extents of the scene. */
    private static final double TURNS = 2e-4;

    /** Steps after which there may be as many splats as points, or so many times as many. */
    private static final double PER_POINT = 3000;

    /**
     * Parts of the training that see photographs at a quarter of their sides, and at half or less:
     * at least so much, more by so many steps, and at most so much. Short trainings have no time
     * for fine detail.
     */
    private static final double COARSEST = 0.1;

    private static final double COARSEST_STEPS = 900;
    private static final double COARSEST_MOST = 0.6;
    private static final double COARSE = 0.5;
    private static final double COARSE_STEPS = 850;
    private static final double COARSE_MOST = 0.95;

    /** Part of the training after which each further degree of harmonics joins. */
    private static final double PER_DEGREE = 0.15;

    private static final double STEPS_PER_DEGREE = 200;

    /**
     * Steps from one random move of the means to the next, which goes the further: only the
     * variance of the walk counts, and random numbers cost more than the rest of a step of Adam.
     */
    static final int PER_MOVE = 4;

    Rates rates(double extent, DensityStrategy strategy, long step) {
        double boost = boost();
        double means = MEANS * extent * boost * Math.pow(MEANS_END, progress);
        double decay = Math.pow(0.1, Math.max(0, progress - 0.3) / 0.7);
        return new Rates(
                means,
                SCALES * Math.min(4, boost) * decay,
                ROTATIONS * Math.min(4, boost) * decay,
                OPACITIES * Math.min(1.5, boost) * decay,
                COLOURS * Math.min(8, boost) * decay,
                ATTRIBUTES * Math.min(4, boost) * decay,
                isExploring(step) ? Math.sqrt(PER_MOVE) * strategy.exploration() / boost : 0,
                strategy.opacityPenalty(),
                strategy.scalePenalty(),
                EXPOSURES * Math.min(4, boost) * decay,
                TURNS * boost * decay,
                TURNS * boost * decay * extent);
    }

    /** Larger for short trainings: they cannot afford small steps. */
    private double boost() {
        return Math.clamp(Math.sqrt(PUBLISHED / Math.max(1, steps)), 1, 8);
    }

    private boolean isExploring(long step) {
        return progress < 0.9 && step % PER_MOVE == 0;
    }

    /**
     * How many splats a training of that length has the time for.
     *
     * @param points it began with; 0 for random ones, which say nothing about how many it takes
     * @param cap most there may be
     */
    int most(int points, int cap) {
        if (points == 0) {
            return cap;
        }
        return (int) Math.clamp(points * steps / PER_POINT, Math.min(points, cap), cap);
    }

    /** How many times photographs are halved before they are compared. */
    int halvings() {
        if (progress < Math.min(COARSEST_MOST, COARSEST + COARSEST_STEPS / Math.max(1, steps))) {
            return 2;
        }
        return progress < Math.min(COARSE_MOST, COARSE + COARSE_STEPS / Math.max(1, steps)) ? 1 : 0;
    }

    /** Highest degree of harmonics that is trained by now, at most {@code highest}. */
    int degree(int highest) {
        double join = Math.max(PER_DEGREE, STEPS_PER_DEGREE / Math.max(1, steps));
        return (int) Math.min(highest, progress / join);
    }

    /** Refinements due by now. */
    int rounds() {
        double passed = (progress - FIRST) / (LAST - FIRST);
        return progress < FIRST ? 0 : 1 + (int) Math.min(all() - 1.0, passed * (all() - 1));
    }

    /** Refinements in all. */
    int all() {
        return (int) Math.clamp(steps * (LAST - FIRST) / APART, 1, ROUNDS);
    }
}
