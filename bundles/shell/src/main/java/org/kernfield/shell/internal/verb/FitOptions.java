package org.kernfield.shell.internal.verb;

import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Wants;

/** Options that more than one verb takes. */
final class FitOptions {
    static final Option AS =
            Option.text("as", "NAME", Wants.REPRESENTATION, "Representation to fit");
    static final Option OUT =
            Option.text(
                    "out",
                    "MODEL",
                    Wants.FILE,
                    "Model file to write, its pictures beside it;"
                            + " default INPUT's name in the current directory,"
                            + " for resume where the fit was to write");
    static final Option SECONDS =
            Option.number("seconds", "S", 0.001, 1e9, "s", "Wall time of the fit");
    static final Option STEPS =
            Option.integer("steps", "N", 1, "Number of steps, for results that repeat bit for bit");
    static final Option SEED =
            Option.integer("seed", "N", Long.MIN_VALUE, "Whole number that starts the randomness");
    static final Option THREADS =
            new Option(
                    org.kernfield.field.Setting.integer(
                            "threads", null, 1, 1024, "", "Number of threads; default one a core"),
                    "T",
                    false,
                    Wants.NOTHING);
    static final Option MEMORY =
            Option.integer(
                    "memory",
                    "MB",
                    1,
                    "Megabytes of buffers the fit may use at one time; default what there is");
    static final Option BACKEND =
            Option.text("backend", "NAME", Wants.BACKEND, "Backend to compute on");

    static final Option POLICY =
            new Option(
                    org.kernfield.field.Setting.choice(
                            "policy",
                            null,
                            java.util.List.of("best", "sticky", "pinned"),
                            "Where it runs while backends come and go: on the preferred one that is"
                                    + " there (the default), where it is until that leaves, only"
                                    + " where --backend says"),
                    "P",
                    false,
                    Wants.NOTHING);

    private FitOptions() {}
}
