package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobStatus;
import org.kernfield.field.Image;
import org.kernfield.field.Setting;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fits a picture, or whatever else a task reader knows, and writes model and pictures. */
public final class FitVerb implements Verb {
    private final Engine engine;

    public FitVerb(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "fit";
    }

    @Override
    public String summary() {
        return "Fit a field to a picture or other data";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("INPUT", Wants.FILE));
    }

    @Override
    public List<Option> options() {
        var options = new ArrayList<Option>(FitOptions.with(FitOptions.OUT));
        options.add(Preview.EVERY);
        return List.copyOf(options);
    }

    @Override
    public List<Setting<?>> settings(String representation) {
        return FitOptions.settings(engine, representation);
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        Path input = arguments.path(0);
        if (!Files.exists(input)) {
            throw new NoSuchFileException(arguments.operand(0));
        }
        FitRequest request = FitOptions.request(FitRequest.of(input), arguments);
        FitOptions.requirePlugins(engine, request);
        Outputs given = arguments.path(FitOptions.OUT).map(Outputs::of).orElse(null);
        if (given != null) {
            given.check(input);
        } else {
            Staging.checkInto(arguments.directory());
        }
        var fitting = new Fitting(engine, console);
        Job job = engine.submit(request.output(given == null ? null : given.model()));
        Outputs outputs = given == null ? named(job, input, arguments.directory()) : given;
        Double every = arguments.value(Preview.EVERY, Double.class);
        JobStatus end =
                fitting.follow(
                        job,
                        every == null
                                ? progress -> {}
                                : new Preview(engine, job, outputs.preview(), every));
        FitReport report = fitting.write(job, outputs, target(engine, end.task(), input));
        TestViews.write(engine, job, arguments.directory());
        return report;
    }

    static Outputs named(Job job, Path input, Path directory) {
        var outputs = Outputs.named(input.toString(), job.status().representation(), directory);
        try {
            outputs.check(input);
        } catch (Failure e) {
            job.cancel();
            throw e;
        }
        return outputs;
    }

    /** The picture a job was fitted to; null for other tasks, or where it has gone meanwhile. */
    static Image target(Engine engine, String task, Path input) {
        if (!task.equals("image")) {
            return null;
        }
        try {
            return engine.read(input, Image.class);
        } catch (IOException e) {
            return null;
        }
    }
}
