package org.kernfield.shell.internal.verb;

import org.kernfield.shell.internal.Console;

import java.nio.file.Path;

/** Executes a script of shell commands. */
@FunctionalInterface
public interface Scripts {
    /**
     * Runs {@code script} from beginning to end.
     *
     * @param text the script
     * @param file where it comes from
     * @throws Exception what its first failing command throws
     */
    void execute(CharSequence text, Path file, Console console) throws Exception;
}
