package org.kernfield.engine;

/** A fit that was refused or failed; the message is one sentence for people. */
public final class FitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FitException(String message) {
        super(message);
    }
}
