package org.kernfield.shell.internal;

import org.kernfield.field.Nearest;

import java.util.Collection;
import java.util.List;

/** Finds a verb, parses its arguments and runs it. */
public final class Dispatcher {
    private final Collection<Verb> verbs;

    public Dispatcher(Collection<Verb> verbs) {
        this.verbs = verbs;
    }

    public Collection<Verb> verbs() {
        return verbs;
    }

    /**
     * Runs {@code verb}.
     *
     * @throws Failure for whatever goes wrong, as the sentence for the user
     */
    public Reply run(String name, List<String> words, Console console) {
        Verb verb = find(name);
        String given = name;
        try {
            Arguments arguments = ArgumentParser.parse(verb, words, console.directory());
            if (arguments.has(Option.HELP)) {
                String representation = arguments.options().get("as");
                return shown(new Text(Help.of(verb, representation)), arguments);
            }
            if (!arguments.operands().isEmpty()) {
                given = arguments.operand(0);
            }
            if (verb instanceof Needs needs) {
                needs.check(arguments);
            }
            return shown(verb.run(arguments, console), arguments);
        } catch (Exception | OutOfMemoryError e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw Sentences.of(e, given);
        }
    }

    private static Reply shown(Reply reply, Arguments arguments) {
        return arguments.has(Option.JSON) ? new JsonText(reply.fields()) : reply;
    }

    /**
     * The verb called {@code name}.
     *
     * @throws Failure suggesting the nearest
     */
    public Verb find(String name) {
        return verbs.stream()
                .filter(v -> v.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name, verbs.stream().map(Verb::name).toList()));
    }

    /** Wrong usage: no verb of that name. */
    public static Failure unknown(String name, Collection<String> names) {
        return Failure.usage(name, "unknown verb", Nearest.suggestion(name, names));
    }
}
