package org.kernfield.testkit;

/** A backend that does nothing wrong. */
public final class Well extends SinglePrecision {
    public Well() {
        super(Fault.NONE);
    }
}
