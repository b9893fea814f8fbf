package org.kernfield.gp.iterative;

/** Equations that conjugate gradients did not solve as well as was asked for. */
public final class NotConvergedException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    public NotConvergedException(String message) {
        super(message);
    }
}
