package org.kernfield.engine;

/**
 * An exception as text, which keeps no class of a plugin alive.
 *
 * @param type class name
 * @param message as given by the exception; never null
 * @param trace the stack trace, for the log
 */
public record Failure(String type, String message, String trace) {
    /** The failure as text. */
    public static Failure of(Throwable thrown) {
        var trace = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(trace, true));
        String message = thrown.getMessage();
        return new Failure(
                thrown.getClass().getName(), message == null ? "" : message, trace.toString());
    }
}
