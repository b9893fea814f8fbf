package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.Wish;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;

import java.util.ArrayList;
import java.util.List;

/**
 * Asks a running job for something, wherever it runs.
 *
 * @param name the verb
 * @param summary for help
 * @param kind what is asked
 */
public record AskVerb(Engine engine, String name, String summary, Wish.Kind kind) implements Verb {
    @Override
    public List<Operand> operands() {
        var operands = new ArrayList<>(List.of(Operand.required("JOB", Wants.JOB)));
        if (kind == Wish.Kind.SWAP) {
            operands.add(Operand.required("BACKEND", Wants.BACKEND));
        }
        return operands;
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        String backend = kind == Wish.Kind.SWAP ? arguments.operand(1) : null;
        if (backend != null) {
            FitOptions.require("backend", backend, engine.backends());
        }
        return ask(engine, arguments.operand(0), new Wish(kind, backend));
    }

    static Reply ask(Engine engine, String job, Wish wish) throws Exception {
        engine.ask(job, wish);
        String asked = wish.kind().name().toLowerCase(java.util.Locale.ROOT);
        return new Facts(
                Facts.map("ok", true, "job", job, "asked", asked, "backend", wish.backend()),
                job
                        + ": asked to "
                        + asked
                        + (wish.backend() == null ? "" : " to " + wish.backend())
                        + ", which it does after its step; `kernfield watch "
                        + job
                        + "` shows it");
    }
}
