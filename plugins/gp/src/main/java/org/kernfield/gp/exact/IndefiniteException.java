package org.kernfield.gp.exact;

/** A covariance matrix that is not positive definite, with whatever may be added to it. */
public final class IndefiniteException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    public IndefiniteException(String message) {
        super(message);
    }
}
