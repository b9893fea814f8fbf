package org.kernfield.engine.internal;

/**
 * How far a fit is: its steps and the wall time spent on them, moves included and waiting left out.
 * Written by the job's thread, read by any.
 */
final class Pace {
    private final Long steps;
    private final Double seconds;
    private final boolean isCeiling;
    private volatile long step;
    private volatile double before;
    private volatile long since;
    private volatile boolean isRunning;
    private volatile double estimate = Double.NaN;
    private volatile Mark older = new Mark(0, 0);
    private volatile Mark newer = older;

    private record Mark(double seconds, long step) {}

    /**
     * @param steps in all, or null
     * @param seconds in all, or null; one of them is given
     * @param isCeiling whether the seconds tell nothing of when it will end
     */
    Pace(Long steps, Double seconds, boolean isCeiling) {
        this.isCeiling = isCeiling;
        this.steps = steps;
        this.seconds = seconds;
    }

    /** Goes back, or forward, to where a snapshot was taken. */
    void at(long doneSteps) {
        step = doneSteps;
        older = newer = new Mark(elapsed(), doneSteps);
    }

    /** Counts time spent in another process. */
    void spent(double earlierSeconds) {
        before = earlierSeconds;
    }

    void start() {
        since = System.nanoTime();
        isRunning = true;
    }

    void pause() {
        double spent = elapsed();
        isRunning = false;
        before = spent;
    }

    void advance() {
        step++;
        double now = elapsed();
        if (now - newer.seconds > 1) {
            older = newer;
            newer = new Mark(now, step);
        }
    }

    long step() {
        return step;
    }

    /** Seconds spent so far. */
    double elapsed() {
        return isRunning ? before + (System.nanoTime() - since) * 1e-9 : before;
    }

    boolean isOver() {
        return (steps != null && step >= steps) || (seconds != null && elapsed() >= seconds);
    }

    /** 0 to 1, by whichever bound is nearer. */
    double progress() {
        double bySteps = steps == null ? 0 : (double) step / steps;
        double bySeconds = seconds == null ? 0 : elapsed() / seconds;
        return Math.min(1, Math.max(bySteps, bySeconds));
    }

    /** What the fit says of itself, 0 to 1; NaN if it does not know. */
    void estimate(double progress) {
        estimate = progress;
    }

    /** 0 to 1, to be shown: a mere ceiling tells less than the fit does. */
    double shown() {
        double own = estimate;
        return isCeiling && steps == null && !Double.isNaN(own) ? own : progress();
    }

    /** Steps per second over the last one to two seconds. */
    double rate() {
        Mark from = older;
        double passed = elapsed() - from.seconds;
        return passed > 0 ? Math.max(0, step - from.step) / passed : 0;
    }

    /** Seconds until the nearer bound; NaN while the rate is unknown, or for a mere ceiling. */
    double secondsLeft() {
        double bySteps = steps == null ? Double.POSITIVE_INFINITY : (steps - step) / rate();
        double bySeconds =
                seconds == null || isCeiling ? Double.POSITIVE_INFINITY : seconds - elapsed();
        double left = Math.max(0, Math.min(bySteps, bySeconds));
        return Double.isInfinite(left) ? Double.NaN : left;
    }
}
