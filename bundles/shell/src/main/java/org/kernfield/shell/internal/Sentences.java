package org.kernfield.shell.internal;

import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.engine.FieldUnavailable;
import org.kernfield.engine.FitException;
import org.kernfield.field.ModelException;
import org.kernfield.field.SettingException;
import org.kernfield.format.FormatException;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CancellationException;

/** Turns whatever was thrown into the one sentence for the user; faults of ours go to the log. */
public final class Sentences {
    private Sentences() {}

    /**
     * What to tell the user.
     *
     * @param given what the command was about; put in front of messages that do not name it
     */
    public static Failure of(Throwable thrown, String given) {
        return switch (thrown) {
            case Failure failure -> failure;
            case SettingException e ->
                    Failure.of(
                            e.getMessage().contains("unknown setting")
                                    ? Failure.USAGE
                                    : Failure.REFUSED,
                            e.getMessage(),
                            e);
            case FormatException e -> refused(naming(given, e.getMessage()), e);
            case IOException e -> refused(file(given, e), e);
            case ModelException e -> refused(naming(given, e.getMessage()), e);
            case FitException e -> refused(e.getMessage(), e);
            case FieldUnavailable e -> refused(naming(given, e.getMessage()), e);
            case OutOfBudgetException e -> refused(e.getMessage(), e);
            case CancellationException e -> stopped(given, e);
            case InterruptedException e -> stopped(given, e);
            case OutOfMemoryError e ->
                    refused(
                            given
                                    + ": more memory is needed than the "
                                    + Runtime.getRuntime().maxMemory() / 1_000_000
                                    + " MB allowed; ask for less or raise -Xmx in"
                                    + " KERNFIELD_JVM_OPTIONS",
                            e);
            case IllegalArgumentException e when isSentence(e) -> refused(e.getMessage(), e);
            case UnsupportedOperationException e when isSentence(e) ->
                    refused(naming(given, e.getMessage()), e);
            default -> fault(given, thrown);
        };
    }

    private static Failure refused(String sentence, Throwable cause) {
        return Failure.of(Failure.REFUSED, sentence, cause);
    }

    private static Failure stopped(String given, Throwable cause) {
        return refused(given + ": stopped before it was done; start it again", cause);
    }

    private static Failure fault(String given, Throwable thrown) {
        LoggerFactory.getLogger(Sentences.class).error("{}", given, thrown);
        return refused(
                given + ": " + thrown + "; this is a fault of Kernfield, its log has the rest",
                thrown);
    }

    private static String file(String given, IOException e) {
        String named =
                e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : given;
        String message = String.valueOf(e.getMessage());
        String reason =
                e instanceof FileSystemException f && f.getReason() != null
                        ? f.getReason()
                        : message;
        if (e instanceof NoSuchFileException) {
            return named + ": there is no such file; check the path";
        }
        if (e instanceof AccessDeniedException) {
            return named + ": permission denied; use a file and directory you may read and write";
        }
        if (e instanceof NotDirectoryException) {
            return named + ": not a directory; check the path";
        }
        if (reason.contains("No space left") || reason.contains("quota")) {
            return given + ": the disk is full; free some space, what was there before is unharmed";
        }
        if (reason.contains("Read-only file system")) {
            return named + ": the file system is read-only; choose another place";
        }
        if (reason.contains("Is a directory")) {
            return named + ": this is a directory; give the path of a file";
        }
        return isSentence(e)
                ? naming(given, message)
                : named + ": it cannot be read or written (" + reason + "); check it";
    }

    /** Our own messages have the form {@code given: wrong; remedy}. */
    private static boolean isSentence(Throwable e) {
        String message = e.getMessage();
        return message != null && message.matches("(?s).+: .+; .+");
    }

    private static String naming(String given, String message) {
        String name = given.substring(given.lastIndexOf('/') + 1);
        return message.contains(name) ? message : given + ": " + message;
    }
}
