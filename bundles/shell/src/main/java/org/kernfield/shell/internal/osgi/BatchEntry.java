package org.kernfield.shell.internal.osgi;

import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Function;
import org.kernfield.shell.internal.Batch;
import org.kernfield.shell.internal.Dispatcher;
import org.kernfield.shell.internal.Reply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * The command line: looks the verb up among the commands of the scope, other bundles' included, and
 * executes it with the argument vector itself, never with shell text.
 */
final class BatchEntry implements ToIntFunction<String[]> {
    private final CommandProcessor processor;
    private final Dispatcher verbs;

    BatchEntry(CommandProcessor processor, Dispatcher verbs) {
        this.processor = processor;
        this.verbs = verbs;
    }

    @Override
    public int applyAsInt(String[] vector) {
        try (CommandSession session = processor.createSession(System.in, System.out, System.err)) {
            return Batch.run(
                    List.of(vector),
                    (verb, words) -> run(session, verb, words),
                    VerbFunction.batchConsole());
        }
    }

    private CharSequence run(CommandSession session, String verb, List<String> words)
            throws Exception {
        String name = ShellComponent.SCOPE + ":" + verb;
        // any other text could be a variable or an expression of the shell's
        if (!commands(session).contains(name)
                || !(session.get(name) instanceof Function function)) {
            throw Dispatcher.unknown(verb, names(session));
        }
        return text(session, function.execute(session, new ArrayList<>(words)));
    }

    private static CharSequence text(CommandSession session, Object result) {
        return switch (result) {
            case null -> null;
            case Reply reply -> reply.text();
            default -> session.format(result, Converter.INSPECT);
        };
    }

    @SuppressWarnings("unchecked")
    private static Set<String> commands(CommandSession session) {
        return (Set<String>) session.get(".commands");
    }

    private Collection<String> names(CommandSession session) {
        var names = new TreeSet<String>();
        String prefix = ShellComponent.SCOPE + ":";
        commands(session).stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> names.add(name.substring(prefix.length())));
        verbs.verbs().forEach(verb -> names.add(verb.name()));
        return names;
    }
}
