package org.kernfield.shell.internal.verb;

import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Text;
import org.kernfield.shell.internal.Verb;

/** The interactive shell, which the launcher starts; in it, this only says where one is. */
public final class ShellVerb implements Verb {
    @Override
    public String name() {
        return "shell";
    }

    @Override
    public String summary() {
        return "Start the interactive shell, with completion and history";
    }

    @Override
    public Reply run(Arguments arguments, Console console) {
        return new Text("This is the shell: press Tab for what can be typed, Ctrl-D to leave.");
    }
}
