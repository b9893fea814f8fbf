package org.kernfield.engine;

/** No backend or no representation for a model came within the time allowed. */
public final class FieldUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FieldUnavailable(String message) {
        super(message);
    }
}
