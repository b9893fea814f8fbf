package org.kernfield.shell.internal.bench;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.JobStatus;
import org.kernfield.engine.Plugin;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One fit whose backend is stopped, started, updated and refreshed at random moments and which is
 * moved to the other backends and back, beside the same fit left alone.
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

    /** Moves of the trial that tells how many steps the fit takes from one to the next. */
    private static final int TRIAL = 30;

    /** The code becomes faster for minutes yet, and so may the machine. */
    private static final double SPARE = 2;

    private final Engine engine;
    private final String backend;
    private final Movable bundle;
    private final Image picture;
    private final Consumer<String> said;
    private final List<Course> courses = new ArrayList<>();

    /**
     * @param backend name of the best backend of the engine
     * @param bundle of that backend
     * @param picture to be fitted, small: a step on the reference must be bearable
     */
    public Swaps(
            Engine engine, String backend, Movable bundle, Image picture, Consumer<String> said) {
        this.engine = engine;
        this.backend = backend;
        this.bundle = bundle;
        this.picture = picture;
        this.said = said;
    }

    /**
     * What came of it.
     *
     * @param moves made
     * @param stepsLost that the engine counts as taken again, in all fits with moves
     * @param errors in all fits with moves: moves that failed, faults and steps broken off that the
     *     engine counts, and fits that did not end well
     * @param leakedLoaders class loaders of the backend's bundle that were not collected
     * @param medianMoveSeconds from the end of a move until the rate was 0.9 of what it had been,
     *     at most {@link Course#PATIENCE}; of a move to another backend and back, from the request
     *     to come back
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
        Course trial = course(Math.min(TRIAL, moves), Long.MAX_VALUE);
        trial.giveUp();
        if (!trial.isWhole()) {
            return outcome(trial, Double.NaN);
        }
        long steps = (long) (SPARE * trial.stepsAMove() * moves);
        said.accept("%d steps for %d moves".formatted(steps, moves));
        Course course = course(moves, steps);
        while (course.isTooShort()) {
            steps *= 2;
            said.accept(
                    "the fit ended before the moves did; once more with %d steps".formatted(steps));
            course = course(moves, steps);
        }
        if (course.finish().state() != JobState.DONE) {
            return outcome(course, Double.NaN);
        }
        said.accept("the same fit left alone: %d steps".formatted(steps));
        return outcome(course, psnr(left(steps)));
    }

    private Outcome outcome(Course last, double undisturbed) {
        return new Outcome(
                last.moves(),
                courses.stream().mapToLong(c -> c.setbacks().stepsAgain()).sum(),
                courses.stream().mapToInt(Course::errors).sum(),
                bundle.leakedLoaders(),
                last.medianMoveSeconds(),
                last.overhead(),
                psnr(last.status()) - undisturbed);
    }

    private Course course(int moves, long steps) throws IOException, InterruptedException {
        List<String> others =
                engine.backends().stream()
                        .map(Plugin::name)
                        .filter(name -> !name.equals(backend))
                        .toList();
        var course = new Course(fit(steps), moves, bundle, backend, others, said);
        courses.add(course);
        course.run();
        return course;
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

    private static double psnr(JobStatus status) {
        return status.metrics().getOrDefault("psnr", Double.NaN);
    }

    private double rate() throws IOException, InterruptedException {
        left(CALIBRATION);
        JobStatus warm = left(CALIBRATION);
        return warm.step() / warm.seconds();
    }
}
