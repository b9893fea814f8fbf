package org.kernfield.shell.internal.osgi;

import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.apache.felix.gogo.runtime.Token;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.verb.Scripts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs scripts in sessions of their own, where Kernfield's commands need no scope, and prints the
 * result of each statement as the interactive shell does.
 */
final class Sessions implements Scripts {
    /** What stands between statements; {@code &&} and {@code ||} join them instead. */
    private static final Set<String> ENDS = Set.of(";", "\n", "&");

    private final CommandProcessor processor;
    private final ProcessStreams streams;

    Sessions(CommandProcessor processor, ProcessStreams streams) {
        this.processor = processor;
        this.streams = streams;
    }

    @Override
    public void execute(CharSequence text, Path file, Console console) throws Exception {
        try (CommandSession session =
                processor.createSession(
                        System.in, streams.behind(console.out()), streams.behind(console.err()))) {
            session.put("SCOPE", ShellComponent.SCOPE + ":gogo:*");
            session.put("0", file.toString());
            session.currentDir(console.directory().toAbsolutePath());
            for (CharSequence statement : statements(text)) {
                print(session, session.execute(statement), console);
            }
        } catch (CommandNotFoundException e) {
            throw Failure.usage(
                    file + ": " + e.getCommand(), "unknown command", "see ./kernfield help");
        } catch (SyntaxError e) {
            throw Failure.refused(file.toString(), e.getMessage(), "correct the script");
        }
    }

    private static void print(CommandSession session, Object result, Console console) {
        CharSequence text = result == null ? "" : session.format(result, Converter.INSPECT);
        if (!text.isEmpty()) {
            console.out().println(text);
        }
        console.out().flush();
    }

    /** The statements of a script, each with what is piped or joined to it. */
    static List<CharSequence> statements(CharSequence text) {
        var statements = new ArrayList<CharSequence>();
        int begin = -1;
        int end = 0;
        for (Token token : new Parser(text).program().tokens()) {
            boolean ends = token instanceof Parser.Operator && ENDS.contains(token.toString());
            if (begin < 0 && !ends) {
                begin = token.start();
            }
            // a background job keeps its sign
            if (!ends || token.toString().equals("&")) {
                end = token.start() + token.length();
            }
            if (ends && begin >= 0) {
                statements.add(text.subSequence(begin, end));
                begin = -1;
            }
        }
        if (begin >= 0) {
            statements.add(text.subSequence(begin, end));
        }
        return statements;
    }
}
