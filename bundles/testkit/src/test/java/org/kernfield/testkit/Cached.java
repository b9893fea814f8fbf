package org.kernfield.testkit;

/** A backend that puts an object of its own where the process keeps it. */
public final class Cached extends SinglePrecision {
    static final String KEY = "kernfield.cached";

    /** What is kept, and with it the class and its loader. */
    private static final class Kept {}

    public Cached() {
        super(Fault.NONE);
        System.getProperties().put(KEY, new Kept());
    }
}
