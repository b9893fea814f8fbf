package org.kernfield.shell.internal.verb;

import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Listing;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.shell.internal.Table;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists what was plugged in, looks into a jar first, and adds and removes optional plugins. */
public final class PluginsVerb implements Verb {
    private static final List<String> COLUMNS = List.of("name", "state", "ranking", "why");
    private static final String INSPECT = "inspect";
    private static final String ADD = "add";
    private static final String REMOVE = "remove";
    private static final Option FROM =
            Option.text("from", "DIRECTORY", Wants.FILE, "Where the jars of add lie");

    private final Surroundings surroundings;

    public PluginsVerb(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "plugins";
    }

    @Override
    public String summary() {
        return "List what was plugged in; inspect JAR looks into one first, add and remove NAME:"
                + " nd4j";
    }

    @Override
    public List<Operand> operands() {
        return List.of(
                Operand.optional("inspect|add|remove", Wants.NOTHING),
                Operand.optional("JAR|NAME", Wants.FILE));
    }

    @Override
    public List<Option> options() {
        return List.of(FROM);
    }

    @Override
    public Reply run(Arguments arguments, Console console) {
        if (arguments.operands().isEmpty()) {
            return Listing.of(
                    COLUMNS,
                    surroundings.plugins(),
                    p -> List.of(p.name(), p.state(), p.ranking(), p.why()),
                    "There are none; ./kernfield doctor tells what does not run.");
        }
        if (arguments.operands().size() == 2) {
            switch (arguments.operand(0)) {
                case INSPECT -> {
                    return inspect(arguments.path(1), arguments.operand(1));
                }
                case ADD -> {
                    return add(known(arguments), arguments, console);
                }
                case REMOVE -> {
                    return remove(known(arguments));
                }
                default -> {}
            }
        }
        throw Failure.usage(
                "plugins " + String.join(" ", arguments.operands()),
                "not understood",
                "use plugins, plugins inspect JAR, plugins add NAME or plugins remove NAME");
    }

    private static OptionalPlugin known(Arguments arguments) {
        String name = arguments.operand(1);
        return OptionalPlugin.named(name)
                .orElseThrow(
                        () ->
                                Failure.usage(
                                        "plugins " + arguments.operand(0) + " " + name,
                                        "there is no such plugin",
                                        "use " + String.join(", ", OptionalPlugin.names())));
    }

    private Path folder(String given) {
        return surroundings
                .dropFolder()
                .orElseThrow(
                        () ->
                                Failure.refused(
                                        given,
                                        "there is no folder for plugins here",
                                        "run it by ./kernfield"));
    }

    private Reply add(OptionalPlugin plugin, Arguments arguments, Console console) {
        String given = "plugins add " + plugin.name();
        Path folder = folder(given);
        var stores =
                new PluginStores(
                        arguments.path(FROM).orElse(null),
                        surroundings.distribution().orElse(null),
                        PluginStores.localRepository(),
                        surroundings.build().version());
        JarCopy.Copied copied = new JarCopy(console, folder).copy(stores.find(plugin));
        boolean needsRestart = plugin.needsRestart(copied.artifacts());
        long megabytes = JarCopy.megabytes(copied.bytes());
        var facts = new LinkedHashMap<String, Object>();
        facts.put("plugin", plugin.name());
        facts.put("megabytes", megabytes);
        facts.put("folder", folder.toString());
        facts.put("restart", needsRestart);
        if (copied.artifacts().isEmpty()) {
            return new Facts(
                    facts,
                    "%s is in %s already, and nothing was copied."
                            .formatted(plugin.name(), folder));
        }
        return new Facts(
                facts,
                "Added %s (%s), %d MB, in %s. %s; plugins remove %s takes it away."
                        .formatted(
                                plugin.name(),
                                plugin.brings(),
                                megabytes,
                                folder,
                                needsRestart
                                        ? "It needs a restart of Kernfield, as this process"
                                                + " keeps the native libraries that it has loaded"
                                        : "It runs in a moment, and from now on",
                                plugin.name()));
    }

    /** The thin ones go first: the libraries are then no longer used. */
    private Reply remove(OptionalPlugin plugin) {
        Path folder = folder("plugins remove " + plugin.name());
        var removed = new ArrayList<String>();
        for (String artifact : plugin.artifacts().reversed()) {
            Path jar = folder.resolve(OptionalPlugin.file(artifact));
            try {
                if (Files.deleteIfExists(jar)) {
                    removed.add(jar.getFileName().toString());
                }
            } catch (IOException e) {
                throw Failure.refused(
                        jar.toString(), "it cannot be removed", "make its folder writable");
            }
        }
        if (removed.isEmpty()) {
            throw Failure.refused(
                    "plugins remove " + plugin.name(),
                    "it is not in " + folder,
                    "plugins lists what is there");
        }
        return new Facts(
                Map.of("plugin", plugin.name(), "removed", List.copyOf(removed)),
                "Removed %s from %s.".formatted(plugin.name(), folder));
    }

    private Reply inspect(Path jar, String given) {
        if (!Files.isRegularFile(jar)) {
            throw Failure.refused(given, "there is no such file", "give the path of a jar");
        }
        try {
            Map<String, Object> facts = surroundings.inspect(jar);
            return new Facts(facts, text(facts));
        } catch (IllegalArgumentException e) {
            throw Failure.refused(
                    given, "it is no OSGi bundle (" + e.getMessage() + ")", "build it with bnd");
        }
    }

    private static String text(Map<String, Object> facts) {
        var table = new Table("");
        facts.forEach(
                (name, value) -> {
                    if (value instanceof List<?> several) {
                        String head = name;
                        for (Object one : several) {
                            table.row(head, shown(one));
                            head = "";
                        }
                        if (several.isEmpty()) {
                            table.row(name, "none");
                        }
                    } else {
                        table.row(name, shown(value));
                    }
                });
        return table.toString();
    }

    private static String shown(Object value) {
        return switch (value) {
            case Boolean flag -> flag ? "yes" : "no";
            case Map<?, ?> need -> {
                String from = need.get("from") == null ? "nobody here" : "" + need.get("from");
                String optional = Boolean.TRUE.equals(need.get("optional")) ? " (optional)" : "";
                yield need.get("package") + "  from " + from + optional;
            }
            default -> value.toString();
        };
    }
}
