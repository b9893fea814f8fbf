package org.kernfield.shell.internal.bench;

import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.JobStatus;
import org.kernfield.engine.Setbacks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One fit with moves of its backend, and what they did to it. */
final class Course {
    /** What a move is given to recover, in seconds. */
    static final double PATIENCE = 20;

    private static final long SEED = 11;

    /** Of the rate before a move; when it is reached the move is over. */
    private static final double RECOVERED = 0.9;

    private static final double WINDOW = 0.2;

    /**
     * The former rate is the median before so many moves: in a window alone a shared machine may be
     * twice as fast as it is before and after.
     */
    private static final int FORMERS = 15;

    private static final Duration LOOK = Duration.ofMillis(5);

    private final Job job;
    private final int wanted;
    private final Movable bundle;
    private final String backend;
    private final List<String> others;
    private final Consumer<String> said;
    private final List<Double> formers = new ArrayList<>();
    private final List<Double> recoveries = new ArrayList<>();
    private final List<Double> costs = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private int moves;
    private int failedMoves;
    private boolean isGivenUp;

    /**
     * @param wanted moves to be made
     * @param bundle of the backend
     * @param backend that the job takes by default
     * @param others backends to which it is moved as well, and back; may be none
     */
    Course(
            Job job,
            int wanted,
            Movable bundle,
            String backend,
            List<String> others,
            Consumer<String> said) {
        this.job = job;
        this.wanted = wanted;
        this.bundle = bundle;
        this.backend = backend;
        this.others = others;
        this.said = said;
    }

    /** Moves it until enough moves were made or the fit has ended. */
    void run() throws InterruptedException {
        pass(2 * WINDOW);
        while (!isWhole() && isRunning()) {
            move();
        }
    }

    JobStatus finish() throws InterruptedException {
        return job.await();
    }

    void giveUp() throws InterruptedException {
        isGivenUp = true;
        job.cancel();
        job.await();
    }

    JobStatus status() {
        return job.status();
    }

    int moves() {
        return moves;
    }

    Setbacks setbacks() {
        return status().setbacks();
    }

    /** Moves that failed, faults, steps broken off, and whether it ended otherwise than meant. */
    int errors() {
        JobState state = status().state();
        boolean isWell = state == JobState.DONE || isGivenUp && state == JobState.STOPPED;
        return failedMoves + setbacks().faults() + setbacks().brokenOff() + (isWell ? 0 : 1);
    }

    double stepsAMove() {
        return (double) step() / moves;
    }

    /** Whether the fit was done before the moves were. */
    boolean isTooShort() {
        return !isWhole() && status().state() == JobState.DONE;
    }

    /** Whether all moves were made; one there and back again is two. */
    boolean isWhole() {
        return moves >= wanted;
    }

    /** From the end of a move until it was as fast as before; NaN of none. */
    double medianMoveSeconds() {
        return median(recoveries);
    }

    /** Share of the time that two moves a minute cost. */
    double overhead() {
        double cost = costs.stream().mapToDouble(c -> c).average().orElse(Double.NaN);
        return 2 * cost / 60;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    private boolean isRunning() {
        return !status().state().isEnd();
    }

    private void move() throws InterruptedException {
        formers.add(rateOver(WINDOW * (1 + random.nextDouble())));
        double former =
                median(formers.subList(Math.max(0, formers.size() - FORMERS), formers.size()));
        var restarts = Movable.Restart.values();
        int kind = random.nextInt(restarts.length + (others.isEmpty() ? 1 : 2));
        var mark = new Mark();
        try {
            if (kind < restarts.length) {
                bundle.restart(restarts[kind]);
                mark = mark.ended();
            } else if (kind == restarts.length) {
                bundle.stop();
                moves++;
                pass(random.nextDouble());
                mark = new Mark();
                bundle.start();
                mark = mark.ended();
            } else {
                toAnother();
                moves++;
                pass(random.nextDouble());
                mark = new Mark();
                to(backend);
            }
        } catch (RuntimeException e) {
            failedMoves++;
            said.accept("a move failed: " + e.getMessage());
        }
        moves++;
        recover(former, mark);
        if (moves % 20 < 2) {
            said.accept("%d moves, step %d".formatted(moves, step()));
        }
    }

    private void toAnother() throws InterruptedException {
        to(others.get(random.nextInt(others.size())));
    }

    /** Moves the job itself. */
    private void to(String name) throws InterruptedException {
        job.swap(name);
        if (!await(() -> !isRunning() || isOn(name))) {
            throw new IllegalStateException(
                    "%s: it was not on %s within %.0f s".formatted(job.id(), name, PATIENCE));
        }
    }

    private boolean isOn(String name) {
        JobStatus now = status();
        return now.state() == JobState.RUNNING && now.backend().equals(name);
    }

    private boolean await(BooleanSupplier isSo) throws InterruptedException {
        long deadline = System.nanoTime() + (long) (PATIENCE * 1e9);
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            job.await(LOOK);
        }
        return true;
    }

    /** When a move began, where the fit was then, and from when on it was to be as fast again. */
    private final class Mark {
        private final long start;
        private final long step;
        private final long end;

        /** A move that begins now. */
        Mark() {
            start = System.nanoTime();
            step = step();
            end = start;
        }

        private Mark(long start, long step) {
            this.start = start;
            this.step = step;
            this.end = System.nanoTime();
        }

        /** The same move, which is made now. */
        Mark ended() {
            return new Mark(start, step);
        }
    }

    private void recover(double former, Mark mark) throws InterruptedException {
        while (isRunning()) {
            double rate = rateOver(WINDOW);
            double since = (System.nanoTime() - mark.end) * 1e-9;
            boolean isFast = rate >= RECOVERED * former;
            if (isFast || since > PATIENCE) {
                recoveries.add(since - WINDOW);
                double passed = (System.nanoTime() - mark.start) * 1e-9;
                if (former > 0) {
                    costs.add(Math.max(0, passed - (step() - mark.step) / former));
                }
                if (!isFast) {
                    said.accept(
                            "after %.0f s it runs at %.2f of what it had: %.0f steps/s"
                                    .formatted(PATIENCE, rate / former, rate));
                }
                return;
            }
        }
    }

    private double rateOver(double seconds) throws InterruptedException {
        long start = System.nanoTime();
        long before = step();
        pass(seconds);
        return (step() - before) / ((System.nanoTime() - start) * 1e-9);
    }

    private void pass(double seconds) throws InterruptedException {
        job.await(Duration.ofNanos((long) (seconds * 1e9)));
    }

    private long step() {
        return status().step();
    }
}
