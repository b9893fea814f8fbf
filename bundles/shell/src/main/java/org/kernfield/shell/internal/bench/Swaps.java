package org.kernfield.shell.internal.bench;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.JobStatus;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One fit whose backend is stopped, started, updated and refreshed at random moments, beside the
 * same fit left alone.
 */
public final class Swaps {
    /**
     * So few that the fit ends in one optimum wherever rounding leads it. Of sixty, fits that
     * differ by rounding alone end up to 0.1 dB apart, as fits with other seeds do.
     */
    private static final int KERNELS = 6;

    /** So small that the last steps do not tremble about the optimum. */
    private static final double RATE = 0.1;

    private static final long SEED = 11;
    private static final long CALIBRATION = 2_000;

    /** Of the rate before a move; when it is reached the move is over. */
    private static final double RECOVERED = 0.9;

    private static final double WINDOW = 0.2;

    /**
     * The former rate is the median before so many moves: in a window alone a shared machine may be
     * twice as fast as it is before and after.
     */
    private static final int FORMERS = 15;

    /** What a move is given to recover, in seconds. */
    private static final double PATIENCE = 20;

    /** Moves of the trial that tells how many steps the fit takes from one to the next. */
    private static final int TRIAL = 30;

    /** The code becomes faster for minutes yet, and so may the machine. */
    private static final double SPARE = 2;

    private final Engine engine;
    private final Movable backend;
    private final Image picture;
    private final Consumer<String> said;

    /**
     * @param backend of the best backend of the engine
     * @param picture to be fitted, small: a step on the reference must be bearable
     */
    public Swaps(Engine engine, Movable backend, Image picture, Consumer<String> said) {
        this.engine = engine;
        this.backend = backend;
        this.picture = picture;
        this.said = said;
    }

    /**
     * What came of it.
     *
     * @param moves made
     * @param stepsLost by which the fit was ever seen to go back
     * @param errors moves that failed, and faults in the job's log
     * @param leakedLoaders class loaders of the backend's bundle that were not collected
     * @param medianMoveSeconds from the end of a move until the rate was 0.9 of what it had been,
     *     at most {@link #PATIENCE}
     * @param overhead share of the time that two moves a minute cost
     * @param difference of the final PSNR from the undisturbed fit's, in decibels
     */
    public record Outcome(
            int moves,
            long stepsLost,
            int errors,
            int leakedLoaders,
            double medianMoveSeconds,
            double overhead,
            double difference) {}

    /** Makes so many moves. */
    public Outcome run(int moves) throws IOException, InterruptedException {
        double rate = rate();
        said.accept("undisturbed: %.0f steps/s".formatted(rate));
        var trial = new Course(Math.min(TRIAL, moves), Long.MAX_VALUE);
        trial.giveUp();
        long steps = (long) (SPARE * trial.stepsAMove() * moves);
        said.accept("%d steps for %d moves".formatted(steps, moves));
        while (true) {
            Course course = new Course(moves, steps);
            if (course.hasFailed()) {
                return course.outcome(Double.NaN);
            }
            if (course.isWhole()) {
                course.finish();
                said.accept("the same fit left alone: %d steps".formatted(steps));
                return course.outcome(psnr(left(steps)));
            }
            course.giveUp();
            steps *= 2;
            said.accept(
                    "the fit ended before the moves did; once more with %d steps".formatted(steps));
        }
    }

    private Job fit(long steps) throws IOException {
        return engine.submit(
                FitRequest.of(new ImageTask(picture))
                        .set("kernels", KERNELS)
                        .set("refine", false)
                        .set("rate", RATE)
                        .steps(steps)
                        .seed(SEED)
                        .threads(1));
    }

    private JobStatus left(long steps) throws IOException, InterruptedException {
        return fit(steps).await();
    }

    /** NaN of none. */
    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    private static double psnr(JobStatus status) {
        return status.metrics().getOrDefault("psnr", Double.NaN);
    }

    private double rate() throws IOException, InterruptedException {
        left(CALIBRATION);
        JobStatus warm = left(CALIBRATION);
        return warm.step() / warm.seconds();
    }

    /** One fit with its moves. */
    private final class Course {
        private final Job job;
        private final List<Double> formers = new ArrayList<>();
        private final List<Double> recoveries = new ArrayList<>();
        private final List<Double> costs = new ArrayList<>();
        private final SplittableRandom random = new SplittableRandom(SEED);
        private final int wanted;
        private int moves;
        private int errors;
        private long furthest;
        private long lost;

        Course(int wanted, long steps) throws IOException, InterruptedException {
            this.wanted = wanted;
            this.job = fit(steps);
            pass(2 * WINDOW);
            while (moves < wanted && isRunning()) {
                move();
            }
        }

        void finish() throws InterruptedException {
            job.await();
        }

        void giveUp() throws InterruptedException {
            job.cancel();
            job.await();
        }

        double stepsAMove() {
            return (double) furthest / moves;
        }

        boolean hasFailed() {
            return job.status().state() == JobState.FAILED;
        }

        boolean isWhole() {
            return moves >= wanted; // a stop and its start are two
        }

        private boolean isRunning() {
            return !job.status().state().isEnd();
        }

        private void move() throws InterruptedException {
            formers.add(rateOver(WINDOW * (1 + random.nextDouble())));
            double former =
                    median(formers.subList(Math.max(0, formers.size() - FORMERS), formers.size()));
            int kind = random.nextInt(Movable.Restart.values().length + 1);
            long start = System.nanoTime();
            long before = step();
            try {
                if (kind == Movable.Restart.values().length) {
                    backend.stop();
                    moves++;
                    pass(random.nextDouble());
                    start = System.nanoTime();
                    before = step();
                    backend.start();
                } else {
                    backend.restart(Movable.Restart.values()[kind]);
                }
            } catch (RuntimeException e) {
                errors++;
                said.accept("a move failed: " + e.getMessage());
            }
            moves++;
            recover(former, start, before);
            if (moves % 20 < 2) {
                said.accept("%d moves, step %d".formatted(moves, furthest));
            }
        }

        private void recover(double former, long start, long before) throws InterruptedException {
            long back = System.nanoTime();
            while (isRunning()) {
                double rate = rateOver(WINDOW);
                double since = (System.nanoTime() - back) * 1e-9;
                boolean isFast = rate >= RECOVERED * former;
                if (isFast || since > PATIENCE) {
                    recoveries.add(since - WINDOW);
                    double passed = (System.nanoTime() - start) * 1e-9;
                    costs.add(Math.max(0, passed - (step() - before) / former));
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
            long now = job.status().step();
            lost += Math.max(0, furthest - now);
            furthest = now;
            return now;
        }

        Outcome outcome(double undisturbed) {
            int faults = (int) job.log().stream().filter(l -> l.contains("fault")).count();
            boolean isDone = job.status().state() == JobState.DONE;
            double cost = costs.stream().mapToDouble(c -> c).average().orElse(Double.NaN);
            return new Outcome(
                    moves,
                    lost,
                    errors + faults + (isDone ? 0 : 1),
                    backend.leakedLoaders(),
                    median(recoveries),
                    2 * cost / 60,
                    psnr(job.status()) - undisturbed);
        }
    }
}
