package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.JobStatus;
import org.kernfield.field.Nearest;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;
import org.kernfield.shell.internal.progress.Progress;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Shows how a job goes until it ends; leaving does not disturb it. */
public final class WatchVerb implements Verb {
    private static final Duration TICK = Duration.ofMillis(300);

    private final Engine engine;

    public WatchVerb(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "watch";
    }

    @Override
    public String summary() {
        return "Show how a fit goes until it ends; leaving does not disturb it";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("JOB", Wants.JOB));
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        String id = arguments.operand(0);
        JobStatus status = find(engine, id);
        try (var progress = new Progress(console)) {
            while (!status.state().isEnd()) {
                progress.show(status);
                Thread.sleep(TICK);
                status = find(engine, id);
            }
        } catch (InterruptedException left) {
            status = find(engine, id);
        }
        return facts(status);
    }

    private static Facts facts(JobStatus status) {
        return Facts.of(
                Facts.map(
                        "job", status.id(),
                        "state", status.state().name().toLowerCase(Locale.ROOT),
                        "representation", status.representation(),
                        "backend", status.backend(),
                        "steps", status.step(),
                        "seconds", status.seconds(),
                        "stepsAgain", status.setbacks().stepsAgain(),
                        "faults", status.setbacks().faults(),
                        "brokenOff", status.setbacks().brokenOff(),
                        "why", status.why()));
    }

    /** The job of an id, here or in another process. */
    static JobStatus find(Engine engine, String id) {
        List<JobStatus> jobs = engine.jobs();
        return jobs.stream()
                .filter(job -> job.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                Failure.refused(
                                        id,
                                        "there is no such job",
                                        Nearest.suggestion(
                                                id, jobs.stream().map(JobStatus::id).toList())));
    }
}
