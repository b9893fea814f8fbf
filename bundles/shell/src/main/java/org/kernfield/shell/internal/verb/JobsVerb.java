package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.JobStatus;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Listing;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verb;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lists the jobs that run and those that can be resumed. */
public final class JobsVerb implements Verb {
    private static final List<String> COLUMNS =
            List.of("id", "state", "representation", "backend", "step", "metric", "why");

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
        List<Map<String, Object>> jobs = engine.jobs().stream().map(JobsVerb::facts).toList();
        var listing =
                Listing.of(COLUMNS, jobs, JobsVerb::row, "There are no jobs; fit starts one.");
        return new Facts(Map.of("items", jobs), listing.text());
    }

    private static Map<String, Object> facts(JobStatus job) {
        Double leading = job.metrics().values().stream().findFirst().orElse(null);
        return Facts.map(
                "id", job.id(),
                "state", job.state().name().toLowerCase(Locale.ROOT),
                "representation", job.representation(),
                "backend", job.backend(),
                "step", job.step(),
                "metric", leading == null || leading.isNaN() ? null : Math.min(leading, 999),
                "stepsAgain", job.setbacks().stepsAgain(),
                "faults", job.setbacks().faults(),
                "brokenOff", job.setbacks().brokenOff(),
                "why", job.why());
    }

    private static List<Object> row(Map<String, Object> facts) {
        return Arrays.asList(COLUMNS.stream().map(facts::get).toArray());
    }
}
