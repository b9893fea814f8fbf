package org.kernfield.shell.internal;

import org.kernfield.engine.Engine;
import org.kernfield.shell.internal.verb.CompareVerb;
import org.kernfield.shell.internal.verb.DemoVerb;
import org.kernfield.shell.internal.verb.DoctorVerb;
import org.kernfield.shell.internal.verb.EvalVerb;
import org.kernfield.shell.internal.verb.FitVerb;
import org.kernfield.shell.internal.verb.HelpVerb;
import org.kernfield.shell.internal.verb.InfoVerb;
import org.kernfield.shell.internal.verb.JobsVerb;
import org.kernfield.shell.internal.verb.ListVerb;
import org.kernfield.shell.internal.verb.RenderVerb;
import org.kernfield.shell.internal.verb.ResumeVerb;
import org.kernfield.shell.internal.verb.RunVerb;
import org.kernfield.shell.internal.verb.Scripts;
import org.kernfield.shell.internal.verb.ShellVerb;
import org.kernfield.shell.internal.verb.VersionVerb;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The verbs there are, in the order in which help lists them. */
public final class Verbs {
    private Verbs() {}

    /** Every verb, over one engine. */
    public static Dispatcher over(Engine engine, Surroundings surroundings, Scripts scripts) {
        var dispatcher = new AtomicReference<Dispatcher>();
        dispatcher.set(
                new Dispatcher(
                        List.of(
                                new FitVerb(engine),
                                new ResumeVerb(engine),
                                new RenderVerb(engine),
                                new EvalVerb(engine),
                                new CompareVerb(engine),
                                new InfoVerb(engine, surroundings),
                                new JobsVerb(engine),
                                new ListVerb(
                                        "backends",
                                        "List what computes, the default first",
                                        engine::backends),
                                new ListVerb(
                                        "representations",
                                        "List what can be fitted",
                                        engine::representations),
                                new ListVerb(
                                        "plugins",
                                        "List what was plugged in, and what does not run",
                                        surroundings::plugins),
                                new DoctorVerb(engine, surroundings),
                                new DemoVerb(engine, surroundings),
                                new RunVerb(scripts),
                                new ShellVerb(),
                                new VersionVerb(surroundings),
                                new HelpVerb(dispatcher::get))));
        return dispatcher.get();
    }
}
