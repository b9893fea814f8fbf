package org.kernfield.shell.internal.osgi;

import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.verb.Scripts;

import java.nio.file.Path;

/** Runs scripts in sessions of their own, where Kernfield's commands need no scope. */
final class Sessions implements Scripts {
    private final CommandProcessor processor;

    Sessions(CommandProcessor processor) {
        this.processor = processor;
    }

    @Override
    public void execute(CharSequence text, Path file, Console console) throws Exception {
        try (CommandSession session =
                processor.createSession(System.in, console.out(), console.err())) {
            session.put("SCOPE", ShellComponent.SCOPE + ":gogo:*");
            session.put("0", file.toString());
            session.currentDir(console.directory().toAbsolutePath());
            Object last = session.execute(text);
            if (last != null) {
                CharSequence shown = session.format(last, Converter.INSPECT);
                if (!shown.isEmpty()) {
                    console.out().println(shown);
                }
            }
            console.out().flush();
        }
    }
}
