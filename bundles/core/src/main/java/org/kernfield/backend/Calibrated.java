package org.kernfield.backend;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.List;

/** The ability of a {@link Backend} to say what its machine can do, and whether it does. */
@ConsumerType
public interface Calibrated {
    /** Measures, on every worker at once, for a few seconds. */
    Limits limits(Workers workers);

    /**
     * What is over three times slower than it should be on this machine, as sentences {@code
     * <what>: <what is wrong>; <what to do>}. Where that has not been looked at yet it takes a
     * moment.
     */
    List<String> shortfalls();
}
