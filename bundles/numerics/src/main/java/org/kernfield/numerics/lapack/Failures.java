package org.kernfield.numerics.lapack;

/** What calls through method handles throw. */
final class Failures {
    private Failures() {}

    /** Throws errors and unchecked exceptions as they are; a native function throws no others. */
    static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        return new IllegalStateException(thrown);
    }
}
