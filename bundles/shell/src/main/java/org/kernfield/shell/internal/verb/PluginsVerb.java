package org.kernfield.shell.internal.verb;

import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Listing;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.shell.internal.Table;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Lists what was plugged in, or says of a jar what it would bring and need. */
public final class PluginsVerb implements Verb {
    private static final List<String> COLUMNS = List.of("name", "state", "ranking", "why");
    private static final String INSPECT = "inspect";

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
        return "List what was plugged in and what does not run; inspect JAR looks into one first";
    }

    @Override
    public List<Operand> operands() {
        return List.of(
                Operand.optional("inspect", Wants.NOTHING), Operand.optional("JAR", Wants.FILE));
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
        if (!arguments.operand(0).equals(INSPECT) || arguments.operands().size() != 2) {
            throw Failure.usage(
                    "plugins " + String.join(" ", arguments.operands()),
                    "not understood",
                    "use plugins, or plugins inspect JAR");
        }
        return inspect(arguments.path(1), arguments.operand(1));
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
