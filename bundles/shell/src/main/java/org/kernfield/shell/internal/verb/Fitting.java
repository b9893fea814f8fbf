package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.JobStatus;
import org.kernfield.field.Image;
import org.kernfield.field.Rendering;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.picture.HeatMap;
import org.kernfield.shell.internal.picture.Scores;
import org.kernfield.shell.internal.progress.Progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Follows a job to its end and writes what came of it. */
final class Fitting {
    private static final Duration TICK = Duration.ofMillis(150);

    /** How long a cancelled job may take for its checkpoint; the process has a little more. */
    private static final Duration CHECKPOINT = Duration.ofSeconds(8);

    private final Engine engine;
    private final Console console;

    Fitting(Engine engine, Console console) {
        this.engine = engine;
        this.console = console;
    }

    /**
     * Waits for {@code job} with a progress bar.
     *
     * @param meanwhile called now and then with the bar
     * @throws Failure if it is stopped, by the user or otherwise, or fails
     */
    JobStatus follow(Job job, Consumer<Progress> meanwhile) {
        try (var progress = new Progress(console)) {
            while (true) {
                JobStatus status = job.await(TICK);
                progress.show(status);
                if (status.state().isEnd()) {
                    return finished(status);
                }
                meanwhile.accept(progress);
            }
        } catch (InterruptedException ctrlC) {
            throw stopped(job);
        }
    }

    private static JobStatus finished(JobStatus status) {
        if (status.state() == JobState.DONE) {
            return status;
        }
        if (status.state() == JobState.STOPPED) {
            throw stopped(status);
        }
        String why = status.why();
        throw Failure.of(
                Failure.REFUSED,
                why.contains(": ") ? why : status.input() + ": " + why + "; see the log",
                null);
    }

    /** Ctrl-C: the job writes a checkpoint, and the user is told how to go on. */
    private static Failure stopped(Job job) {
        job.cancel();
        try {
            return stopped(job.await(CHECKPOINT));
        } catch (InterruptedException again) {
            return stopped(job.status());
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    private static Failure stopped(JobStatus status) {
        if (status.state() == JobState.DONE) {
            return Failure.refused(
                    status.id(), "stopped before its results were written", "fit it again");
        }
        String why = status.why();
        int remedy = why.indexOf("; ");
        return Failure.refused(
                status.id(),
                "stopped at step " + status.step(),
                remedy < 0
                        ? "look at it with: ./kernfield jobs"
                        : why.substring(remedy + "; ".length()));
    }

    /**
     * Writes the results of a finished job. The model is safe before anything else is tried: where
     * its pictures fail it is written without them, and where its own place does not take it, it is
     * kept under the user's home.
     *
     * @param target the picture that was fitted; null where there is none
     * @throws Failure if not everything can be written; older files are then unharmed
     */
    FitReport write(Job job, Outputs outputs, Image target) {
        try (var staging = Staging.beside(outputs.model())) {
            Path file = staging.file("model.safetensors");
            engine.write(job.result(), file);
            try {
                return publish(job, outputs, target, staging, file);
            } catch (RuntimeException | OutOfMemoryError e) {
                staging.publish(Map.of(file, outputs.model()));
                throw undrawn(outputs, e);
            }
        } catch (IOException e) {
            throw unwritten(outputs, kept(job), e);
        }
    }

    /** Figures and pictures of the model, and all that is staged to its place. */
    private FitReport publish(Job job, Outputs outputs, Image target, Staging staging, Path file)
            throws IOException {
        JobStatus status = job.status();
        var metrics = new LinkedHashMap<String, Double>(known(status.metrics()));
        Health health = Health.of(job);
        health.metrics().forEach((name, value) -> metrics.merge(name, value, (old, now) -> old));
        var places = new LinkedHashMap<Path, Path>();
        boolean draws = job.field().can(Rendering.class);
        double errorScale = Double.NaN;
        if (draws) {
            Image picture = drawn(job, target, metrics);
            Path rendered = staging.file("rendering.png");
            engine.write(picture, rendered);
            places.put(rendered, outputs.rendered());
            if (target != null) {
                HeatMap map = HeatMap.of(picture, target);
                Path errorMap = staging.file("error.png");
                engine.write(map.picture(), errorMap);
                places.put(errorMap, outputs.errorMap());
                errorScale = map.scale();
            }
        }
        long bytes = Files.size(file);
        // last: whoever sees the model sees its pictures
        places.put(file, outputs.model());
        staging.publish(places);
        return new FitReport(
                status,
                outputs,
                draws,
                errorScale,
                job.field().parameters(),
                bytes,
                metrics,
                health);
    }

    /** The field's picture; how like the target it is goes to {@code metrics}. */
    private static Image drawn(Job job, Image target, Map<String, Double> metrics) {
        return job.field()
                .use(
                        Rendering.class,
                        (field, compute) -> {
                            var image = natural(field, compute);
                            if (target != null) {
                                metrics.putAll(Scores.of(image, target, compute.workers()));
                            }
                            return image;
                        });
    }

    /** Where a model is now that its place did not take; null if nothing takes it. */
    private Path kept(Job job) {
        // writing would be cut short
        boolean isInterrupted = Thread.interrupted();
        try {
            Path folder = Files.createDirectories(engine.home().resolve("kept"));
            Path file = folder.resolve(job.id() + Outputs.MODEL);
            engine.write(job.result(), file);
            return file;
        } catch (IOException e) {
            return null;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Failure undrawn(Outputs outputs, Throwable e) {
        return Failure.of(
                Failure.REFUSED,
                "%s: it is written, but not what goes with it (%s); see the log"
                        .formatted(outputs.model(), e.getMessage()),
                e);
    }

    /** The staged files have gone by now, so the message names what was to be written. */
    private static Failure unwritten(Outputs outputs, Path kept, IOException e) {
        boolean full = String.valueOf(e.getMessage()).contains("No space left");
        String why = full ? "the disk is full" : "it cannot be written (" + e.getMessage() + ")";
        String remedy =
                kept == null
                        ? "free some space or choose another place with --out"
                        : "the model is kept in " + kept;
        return Failure.of(
                Failure.REFUSED,
                "%s: %s; %s, what was there before is unharmed"
                        .formatted(outputs.model(), why, remedy),
                e);
    }

    private static Image natural(Rendering field, org.kernfield.field.Compute compute) {
        return field.render(field.naturalWidth(), field.naturalHeight(), compute).eightBit();
    }

    private static Map<String, Double> known(Map<String, Double> metrics) {
        var known = new LinkedHashMap<String, Double>();
        metrics.forEach((name, value) -> known.put(name, Double.isFinite(value) ? value : null));
        return known;
    }
}
