package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Check;
import org.kernfield.engine.Engine;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Listing;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.shell.internal.Verb;

import java.util.ArrayList;
import java.util.List;

/** Says in plain words what is well and what is not. */
public final class DoctorVerb implements Verb {
    private static final List<String> COLUMNS = List.of("check", "ok", "why", "remedy");

    private final Engine engine;
    private final Surroundings surroundings;

    public DoctorVerb(Engine engine, Surroundings surroundings) {
        this.engine = engine;
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String summary() {
        return "Tell what is well and what is not, and what to do";
    }

    /** What the engine and the framework tell. */
    public static List<Check> checks(Engine engine, Surroundings surroundings) {
        List<Check> problems = surroundings.problems();
        var checks = new ArrayList<>(engine.checks());
        checks.addAll(AlgebraChecks.of(engine.algebras()));
        checks.addAll(surroundings.nativeAccess());
        checks.addAll(problems);
        if (problems.isEmpty()) {
            checks.add(Check.good("bundles", "all of them run"));
        }
        return checks;
    }

    @Override
    public Reply run(Arguments arguments, Console console) {
        List<Check> checks = checks(engine, surroundings);
        checks.addAll(surroundings.health());
        return Listing.of(
                COLUMNS, checks, c -> List.of(c.check(), c.ok(), c.why(), c.remedy()), "");
    }
}
