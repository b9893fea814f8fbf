package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Plugin;
import org.kernfield.engine.Policy;
import org.kernfield.field.Nearest;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.Setting;
import org.kernfield.field.TableSettings;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Wants;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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
                    Setting.integer(
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
                    Setting.choice(
                            "policy",
                            null,
                            List.of("best", "sticky", "pinned"),
                            "Where it runs while backends come and go: on the preferred one that is"
                                    + " there (the default), where it is until that leaves, only"
                                    + " where --backend says"),
                    "P",
                    false,
                    Wants.NOTHING);

    static final Option Y = Option.repeated("y", "COLUMN", Wants.NOTHING, TableSettings.Y.doc());
    static final Option X = Option.repeated("x", "COLUMN", Wants.NOTHING, TableSettings.X.doc());

    static final long BYTES_PER_MEGABYTE = 1_000_000;

    /** Setting that names a file to read, which may also lie within the input. */
    private static final String POINTS = "points";

    /** What is said of every fit, wherever its results go. */
    static final List<Option> FIT =
            List.of(AS, Y, X, SECONDS, STEPS, SEED, THREADS, MEMORY, BACKEND, POLICY, Option.SET);

    private FitOptions() {}

    /** Those of every fit, and one more behind the first. */
    static List<Option> with(Option own) {
        var all = new ArrayList<Option>(FIT);
        all.add(1, own);
        return List.copyOf(all);
    }

    /** What may be set for a representation, or for any where that is not here. */
    static List<Setting<?>> settings(Engine engine, String representation) {
        return engine.settings(engine.awaitUpdate(representation, null) ? representation : null);
    }

    /** {@code plain} with all that the user asks for. */
    static FitRequest request(FitRequest plain, Arguments arguments) {
        FitRequest request =
                plain.as(arguments.text(AS).orElse(null))
                        .on(arguments.text(BACKEND).orElse(null))
                        .steps(arguments.value(STEPS, Long.class))
                        .seconds(arguments.value(SECONDS, Double.class));
        String policy = arguments.value(POLICY, String.class);
        if (policy != null) {
            request = request.policy(Policy.valueOf(policy.toUpperCase(Locale.ROOT)));
        }
        Long seed = arguments.value(SEED, Long.class);
        Long threads = arguments.value(THREADS, Long.class);
        request = seed == null ? request : request.seed(seed);
        Long megabytes = arguments.value(MEMORY, Long.class);
        request = megabytes == null ? request : request.memory(BYTES_PER_MEGABYTE * megabytes);
        request = threads == null ? request : request.threads(threads.intValue());
        for (var setting : arguments.settings().entrySet()) {
            String name = setting.getKey();
            request = request.set(name, settled(name, setting.getValue(), arguments));
        }
        for (Option columns : List.of(Y, X)) {
            if (arguments.has(columns)) {
                request = request.set(columns.name(), all(columns, arguments));
            }
        }
        return request;
    }

    /** A path means the same wherever the engine, or who resumes the job, has its directory. */
    private static String settled(String name, String value, Arguments arguments) {
        if (!name.equals(POINTS) && !name.equals(RadianceTask.WRITE_TEST_VIEWS)) {
            return value;
        }
        Path path = arguments.path(name + " = " + value, value).toAbsolutePath();
        return name.equals(POINTS) && !Files.exists(path) ? value : path.toString();
    }

    /** A name that is not there is refused before anything is read. */
    static void requirePlugins(Engine engine, FitRequest request) {
        // a look afterwards might miss what an update takes away twice
        boolean isHere = engine.awaitUpdate(request.representation(), request.backend());
        require("backend", isHere ? null : request.backend(), engine.backends());
        require(
                "representation",
                isHere ? null : request.representation(),
                engine.representations());
    }

    static void require(String kind, String name, List<Plugin> present) {
        var names = present.stream().map(Plugin::name).toList();
        if (names.isEmpty()) {
            throw Failure.refused(
                    name == null ? "fit" : name,
                    "there is no " + kind,
                    "see ./kernfield doctor for what does not run");
        }
        if (name != null && !names.contains(name)) {
            throw Failure.refused(
                    name, "there is no such " + kind, Nearest.suggestion(name, names));
        }
    }

    /** Columns may be named one by one. */
    private static String all(Option columns, Arguments arguments) {
        return arguments.repeated().stream()
                .filter(entry -> entry.getKey().equals(columns.name()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(","));
    }
}
