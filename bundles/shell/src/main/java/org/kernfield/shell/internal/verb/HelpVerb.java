package org.kernfield.shell.internal.verb;

import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Dispatcher;
import org.kernfield.shell.internal.Help;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Table;
import org.kernfield.shell.internal.Text;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Explains the verbs. */
public final class HelpVerb implements Verb {
    private final Supplier<Dispatcher> dispatcher;

    /**
     * @param dispatcher asked when help is wanted, since this is one of its verbs
     */
    public HelpVerb(Supplier<Dispatcher> dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String summary() {
        return "Explain a command, or list them all";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.optional("VERB", Wants.VERB));
    }

    @Override
    public Reply run(Arguments arguments, Console console) {
        return arguments.operands().isEmpty()
                ? new Text(overview(dispatcher.get().verbs()))
                : new Text(Help.of(dispatcher.get().find(arguments.operand(0)), null));
    }

    private static String overview(Collection<Verb> verbs) {
        var table = new Table("  ");
        verbs.forEach(verb -> table.row(verb.name(), verb.summary()));
        return """
        Kernfield fits fields made of kernels.

          ./kernfield fit photo.jpg       fit a picture, write model and rendering here
          ./kernfield demo                see it work, no file needed
          ./kernfield                     the interactive shell

        Commands:
        %s

        ./kernfield help VERB explains one of them.\
        """
                .formatted(table);
    }
}
