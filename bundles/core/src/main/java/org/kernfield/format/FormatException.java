package org.kernfield.format;

import java.io.IOException;

/** A file that cannot be read or written; the message says what is wrong and what to do. */
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public FormatException(String message) {
        super(message);
    }
}
