package org.kernfield.shell.internal.verb;

import org.kernfield.format.FormatException;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Text;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a script of shell commands; its status is that of the first command that fails. */
public final class RunVerb implements Verb {
    private final Scripts scripts;

    public RunVerb(Scripts scripts) {
        this.scripts = scripts;
    }

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "Run a script of shell commands";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("SCRIPT", Wants.FILE));
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        Path file = arguments.path(0);
        scripts.execute(read(file), file, console);
        return new Text("");
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new FormatException(
                    file + ": this is not text in UTF-8; give a script of shell commands");
        }
    }
}
