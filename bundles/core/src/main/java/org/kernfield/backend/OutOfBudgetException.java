package org.kernfield.backend;

/** Memory that was refused; the message gives what was asked for, what is taken and the limit. */
public final class OutOfBudgetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutOfBudgetException(String message) {
        super(message);
    }
}
