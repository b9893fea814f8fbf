package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobStatus;
import org.kernfield.engine.Resume;
import org.kernfield.engine.Wish;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;

import java.nio.file.Path;
import java.util.List;

/** Goes on with a fit that was stopped. */
public final class ResumeVerb implements Verb {
    private final Engine engine;

    public ResumeVerb(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "resume";
    }

    @Override
    public String summary() {
        return "Go on with a fit that was stopped or paused";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("JOB", Wants.JOB));
    }

    @Override
    public List<Option> options() {
        return List.of(
                FitOptions.OUT,
                FitOptions.SECONDS,
                FitOptions.STEPS,
                FitOptions.THREADS,
                FitOptions.MEMORY,
                FitOptions.BACKEND);
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        JobStatus stored = WatchVerb.find(engine, arguments.operand(0));
        if (!stored.state().isEnd()) {
            // paused, or about to be: a pause comes only after the step in hand
            return AskVerb.ask(engine, stored.id(), Wish.proceed());
        }
        Path input = Path.of(stored.input());
        Outputs outputs = outputs(stored, arguments);
        outputs.check(input);
        Long threads = arguments.value(FitOptions.THREADS, Long.class);
        Long megabytes = arguments.value(FitOptions.MEMORY, Long.class);
        var changes =
                new Resume(
                        arguments.value(FitOptions.STEPS, Long.class),
                        arguments.value(FitOptions.SECONDS, Double.class),
                        threads == null ? null : threads.intValue(),
                        megabytes == null ? null : FitOptions.BYTES_PER_MEGABYTE * megabytes,
                        arguments.text(FitOptions.BACKEND).orElse(null));
        if (changes.backend() != null) {
            FitOptions.require("backend", changes.backend(), engine.backends());
        }
        var fitting = new Fitting(engine, console);
        Job job = engine.resume(stored.id(), changes);
        JobStatus end = fitting.follow(job, progress -> {});
        FitReport report = fitting.write(job, outputs, FitVerb.target(engine, end.task(), input));
        TestViews.write(engine, job, arguments.directory());
        return report;
    }

    /** What is asked for now, else what was asked for then, else a name made from the input. */
    private static Outputs outputs(JobStatus stored, Arguments arguments) {
        Path given = arguments.path(FitOptions.OUT).orElse(null);
        if (given != null) {
            return Outputs.of(given);
        }
        return stored.output().isEmpty()
                ? Outputs.named(stored.input(), stored.representation(), arguments.directory())
                : Outputs.of(Path.of(stored.output()));
    }
}
