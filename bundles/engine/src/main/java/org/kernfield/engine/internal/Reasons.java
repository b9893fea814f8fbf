package org.kernfield.engine.internal;

import org.kernfield.backend.Budget;
import org.kernfield.engine.Failure;

/** Why a job rests, as sentences. */
final class Reasons {
    private Reasons() {}

    static String left(String representation) {
        return representation + ": the representation has left; it goes on when that is back";
    }

    /**
     * @param here version that is there
     * @param written version that has written the job's state
     */
    static String tooOld(String representation, int here, int written) {
        return representation
                + ": only version "
                + here
                + " is here; it goes on with version "
                + written;
    }

    static String unreadable(String representation, int version, Failure failure) {
        return representation
                + ": the one that is here, version "
                + version
                + ", cannot read the state ("
                + failure.type()
                + ": "
                + failure.message()
                + "); it goes on with one that can";
    }

    /**
     * @param own the job's share of {@code all}
     */
    static String shortOfMemory(Budget own, Budget all) {
        return "memory: it needs "
                + megabytes(own.wanted())
                + ", others hold "
                + megabytes(all.used() - own.used())
                + " of "
                + megabytes(all.limit())
                + "; it goes on when they are done";
    }

    private static String megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000 + " MB";
    }
}
