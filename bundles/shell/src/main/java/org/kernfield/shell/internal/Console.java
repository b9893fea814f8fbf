package org.kernfield.shell.internal;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.IntSupplier;

/**
 * Where a command stands: its directory, and where it writes beside its reply.
 *
 * @param out what scripts read
 * @param err progress and other text for people
 * @param terminal whether {@code err} is one, so that a line may be written over
 * @param columns its width in characters, asked for each time
 * @param directory what relative paths are relative to; empty for the process's own
 */
public record Console(
        PrintStream out, PrintStream err, boolean terminal, IntSupplier columns, Path directory) {
    /** Width where nobody knows. */
    public static final int COLUMNS = 80;

    /** Never a terminal. */
    public static Console plain(PrintStream out, PrintStream err) {
        return new Console(out, err, false, () -> COLUMNS, Path.of(""));
    }
}
