package org.kernfield.field;

/** A model that cannot be opened; the message names what is missing or too new. */
public final class ModelException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }
}
