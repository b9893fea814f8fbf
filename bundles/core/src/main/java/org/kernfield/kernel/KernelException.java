package org.kernfield.kernel;

/** A kernel that cannot be built; the message shows the formula, the place and the remedy. */
public final class KernelException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public KernelException(String message) {
        super(message);
    }
}
