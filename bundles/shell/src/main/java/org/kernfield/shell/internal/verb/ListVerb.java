package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Plugin;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Listing;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verb;

import java.util.List;
import java.util.function.Supplier;

/**
 * Lists what can be swapped.
 *
 * @param name the verb
 * @param summary for help
 * @param plugins asked each time, because they come and go
 */
public record ListVerb(String name, String summary, Supplier<List<Plugin>> plugins)
        implements Verb {
    private static final List<String> COLUMNS = List.of("name", "state", "ranking", "why");

    @Override
    public Reply run(Arguments arguments, Console console) {
        return Listing.of(
                COLUMNS,
                plugins.get(),
                p -> List.of(p.name(), p.state(), p.ranking(), p.why()),
                "There are none; ./kernfield doctor tells what does not run.");
    }
}
