package org.kernfield.launcher;

/** Kernfield cannot start; the message is the whole sentence for the user. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refusal(String given, String wrong, String remedy) {
        super(given + ": " + wrong + "; " + remedy);
    }

    Refusal(String given, String wrong, String remedy, Throwable cause) {
        this(given, wrong, remedy);
        initCause(cause);
    }
}
