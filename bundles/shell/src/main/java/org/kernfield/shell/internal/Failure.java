package org.kernfield.shell.internal;

/**
 * A command that did not do what was asked. The message is the whole sentence for the user: what
 * was given, what is wrong with it, what to do.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Exit status of a command that was refused or failed. */
    public static final int REFUSED = 1;

    /** Exit status after an unknown verb, option or setting, or a missing argument. */
    public static final int USAGE = 2;

    private final int status;

    private Failure(int status, String message, Throwable cause) {
        super(oneLine(message), cause);
        this.status = status;
    }

    /** Wrong usage: {@code given} cannot be understood. */
    public static Failure usage(String given, String wrong, String remedy) {
        return new Failure(USAGE, given + ": " + wrong + "; " + remedy, null);
    }

    /** Understood, but it cannot be done. */
    public static Failure refused(String given, String wrong, String remedy) {
        return new Failure(REFUSED, given + ": " + wrong + "; " + remedy, null);
    }

    /** A whole sentence made elsewhere. */
    public static Failure of(int status, String sentence, Throwable cause) {
        return new Failure(status, sentence, cause);
    }

    /** Exit status of the process: 1 refused or failed, 2 wrong usage. */
    public int status() {
        return status;
    }

    /** The line that people see; Gogo prints exceptions by this method. */
    @Override
    public String toString() {
        return "kernfield: " + getMessage();
    }

    /** An error is one line, whatever a library put into its message. */
    private static String oneLine(String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
