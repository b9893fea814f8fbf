package org.kernfield.shell.internal.osgi;

import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Dispatcher;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Terminal;
import org.kernfield.shell.internal.Written;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** A verb as Gogo calls it. */
final class VerbFunction implements Function {
    private static final int STANDARD_ERROR = 2;

    private final Dispatcher verbs;
    private final String verb;
    private final boolean batch;

    VerbFunction(Dispatcher verbs, String verb, boolean batch) {
        this.verbs = verbs;
        this.verb = verb;
        this.batch = batch;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) {
        List<String> words = Written.words(arguments, input());
        if (batch) {
            return verbs.run(verb, words, batchConsole());
        }
        Console console = console(session);
        try {
            return verbs.run(verb, words, console);
        } catch (Failure failure) {
            // after Ctrl-C the console no longer listens to what its job throws, and an
            // interrupted thread could not write to it
            if (Thread.interrupted()) {
                console.err().println(failure);
                console.err().flush();
                Thread.currentThread().interrupt();
            }
            throw failure;
        }
    }

    /** What comes down a pipe of the shell's, or to the process. */
    private static InputStream input() {
        Process process = Process.Utils.current();
        return process == null ? System.in : process.in();
    }

    /** The process's own streams and directory. */
    static Console batchConsole() {
        return new Console(
                System.out, System.err, Terminal.onStandardError(), Terminal::columns, Path.of(""));
    }

    private static Console console(CommandSession session) {
        Process process = Process.Utils.current();
        if (process == null) {
            return Console.plain(session.getConsole(), session.getConsole());
        }
        return new Console(
                process.out(),
                process.err(),
                process.isTty(STANDARD_ERROR),
                () -> columns(session),
                session.currentDir());
    }

    private static int columns(CommandSession session) {
        return session.get("COLUMNS") instanceof Number columns && columns.intValue() > 0
                ? columns.intValue()
                : Console.COLUMNS;
    }
}
