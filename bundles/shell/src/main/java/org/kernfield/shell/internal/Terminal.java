package org.kernfield.shell.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What is known about the terminal behind standard error. */
public final class Terminal {
    /** System property with which a launcher says so itself: {@code true} or {@code false}. */
    public static final String PROPERTY = "kernfield.terminal";

    private Terminal() {}

    /** Whether standard error is a terminal. */
    public static boolean onStandardError() {
        String given = System.getProperty(PROPERTY);
        if (given != null) {
            return Boolean.parseBoolean(given);
        }
        Path descriptor = Path.of("/proc/self/fd/2");
        if (Files.isSymbolicLink(descriptor)) {
            try {
                String device = Files.readSymbolicLink(descriptor).toString();
                return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
            } catch (IOException e) {
                return false;
            }
        }
        var console = System.console();
        return console != null && console.isTerminal();
    }

    /** Its width in characters, as {@code stty} tells; the usual one where there is none. */
    public static int columns() {
        try {
            var stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(Path.of("/dev/tty").toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var answer = stty.getInputStream()) {
                String size = new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
                stty.waitFor(1, TimeUnit.SECONDS);
                String[] rowsAndColumns = size.strip().split(" ");
                int columns = Integer.parseInt(rowsAndColumns[rowsAndColumns.length - 1]);
                return columns > 0 ? columns : Console.COLUMNS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Console.COLUMNS;
        } catch (IOException | NumberFormatException e) {
            return Console.COLUMNS;
        }
    }
}
