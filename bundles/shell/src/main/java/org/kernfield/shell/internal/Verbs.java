package org.kernfield.shell.internal;

import org.kernfield.engine.Engine;
import org.kernfield.engine.Wish;
import org.kernfield.shell.internal.verb.AskVerb;
import org.kernfield.shell.internal.verb.BenchVerb;
import org.kernfield.shell.internal.verb.CompareVerb;
import org.kernfield.shell.internal.verb.CompressVerb;
import org.kernfield.shell.internal.verb.ConvertVerb;
import org.kernfield.shell.internal.verb.CvVerb;
import org.kernfield.shell.internal.verb.DemoVerb;
import org.kernfield.shell.internal.verb.DoctorVerb;
import org.kernfield.shell.internal.verb.EditVerb;
import org.kernfield.shell.internal.verb.EvalVerb;
import org.kernfield.shell.internal.verb.FitVerb;
import org.kernfield.shell.internal.verb.HelpVerb;
import org.kernfield.shell.internal.verb.InfoVerb;
import org.kernfield.shell.internal.verb.JobsVerb;
import org.kernfield.shell.internal.verb.ListVerb;
import org.kernfield.shell.internal.verb.MeshVerb;
import org.kernfield.shell.internal.verb.PlotVerb;
import org.kernfield.shell.internal.verb.PluginsVerb;
import org.kernfield.shell.internal.verb.RenderVerb;
import org.kernfield.shell.internal.verb.ResumeVerb;
import org.kernfield.shell.internal.verb.RunVerb;
import org.kernfield.shell.internal.verb.SampleVerb;
import org.kernfield.shell.internal.verb.Scripts;
import org.kernfield.shell.internal.verb.SelfTestVerb;
import org.kernfield.shell.internal.verb.ShellVerb;
import org.kernfield.shell.internal.verb.VersionVerb;
import org.kernfield.shell.internal.verb.ViewVerb;
import org.kernfield.shell.internal.verb.WatchVerb;

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
                                new RenderVerb(engine, surroundings),
                                new MeshVerb(engine, surroundings),
                                new EvalVerb(engine, surroundings),
                                new SampleVerb(engine),
                                new PlotVerb(engine),
                                new CvVerb(engine),
                                new CompareVerb(engine),
                                new InfoVerb(engine, surroundings),
                                new ConvertVerb(engine, surroundings),
                                new EditVerb(engine, surroundings),
                                new CompressVerb(engine, surroundings),
                                new ViewVerb(engine, surroundings),
                                new JobsVerb(engine),
                                new WatchVerb(engine),
                                new AskVerb(
                                        engine,
                                        "pause",
                                        "Let a running fit rest; resume lets it go on",
                                        Wish.Kind.PAUSE),
                                new AskVerb(
                                        engine,
                                        "swap",
                                        "Move a running fit to another backend",
                                        Wish.Kind.SWAP),
                                new AskVerb(
                                        engine,
                                        "cancel",
                                        "Stop a running fit, to be resumed later",
                                        Wish.Kind.CANCEL),
                                new ListVerb(
                                        "backends",
                                        "List what computes, the default first",
                                        engine::backends),
                                new ListVerb(
                                        "representations",
                                        "List what can be fitted",
                                        engine::representations),
                                new PluginsVerb(surroundings),
                                new DoctorVerb(engine, surroundings),
                                new SelfTestVerb(engine),
                                new BenchVerb(engine, surroundings),
                                new DemoVerb(engine, surroundings),
                                new RunVerb(scripts),
                                new ShellVerb(),
                                new VersionVerb(surroundings),
                                new HelpVerb(dispatcher::get))));
        return dispatcher.get();
    }
}
