package org.kernfield.io.internal;

import org.kernfield.format.FormatException;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Turns whatever a decoder throws at broken bytes into one sentence about the file. */
public final class Guard {
    private Guard() {}

    /** Reads a value. */
    @FunctionalInterface
    public interface Decoder<T> {
        T decode() throws IOException;
    }

    /**
     * What {@code decoder} reads.
     *
     * @throws FormatException for content that breaks the decoder, in whatever way
     * @throws IOException as the decoder throws it for a file that cannot be read
     */
    public static <T> T decode(Path file, String format, Decoder<T> decoder) throws IOException {
        try {
            return decoder.decode();
        } catch (FormatException | FileSystemException e) {
            throw e;
        } catch (EOFException e) {
            throw because(file + ": truncated " + format + " file; get a complete copy", e);
        } catch (IOException | RuntimeException e) {
            throw because(
                    file + ": broken " + format + " file (" + words(e) + "); get a good copy", e);
        } catch (OutOfMemoryError e) {
            throw because(file + ": needs more memory; raise -Xmx in KERNFIELD_JVM_OPTIONS", e);
        } catch (StackOverflowError e) {
            throw because(file + ": broken " + format + " file (nested too deeply)", e);
        }
    }

    /** A decoder's own words where it noticed; what it stumbled over says nothing to a user. */
    private static String words(Exception e) {
        boolean isNoticed = e instanceof IOException || e instanceof IllegalArgumentException;
        String text = isNoticed && e.getMessage() != null ? e.getMessage() : "unreadable content";
        return text.lines().findFirst().orElse("no reason given");
    }

    private static FormatException because(String message, Throwable cause) {
        var exception = new FormatException(message);
        exception.initCause(cause);
        return exception;
    }
}
