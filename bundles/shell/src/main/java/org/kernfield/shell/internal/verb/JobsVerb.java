package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.JobStatus;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Listing;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verb;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lists the jobs that run and those that can be resumed. */
public final class JobsVerb implements Verb {
    private static final List<String> COLUMNS =
            List.of("id", "state", "representation", "step", "metric");

    private final Engine engine;

    public JobsVerb(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public String summary() {
        return "List the fits that run, and those to resume";
    }

    @Override
    public Reply run(Arguments arguments, Console console) {
        return Listing.of(
                COLUMNS, engine.jobs(), JobsVerb::row, "There are no jobs; fit starts one.");
    }

    private static List<Object> row(JobStatus job) {
        Double leading = job.metrics().values().stream().findFirst().orElse(null);
        return Arrays.asList(
                job.id(),
                job.state().name().toLowerCase(Locale.ROOT),
                job.representation(),
                job.step(),
                leading == null || leading.isNaN() ? null : Math.min(leading, 999));
    }
}
