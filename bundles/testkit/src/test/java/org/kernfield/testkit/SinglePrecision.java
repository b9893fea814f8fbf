package org.kernfield.testkit;

import org.kernfield.backend.Backend;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Op;

import java.util.EnumSet;
import java.util.Set;

/**
 * The plainest backend there can be: every operation rounded to float, pair by pair on the calling
 * thread, sums in double. It shows that honest single precision keeps the contract, and that a
 * backend with a {@link Fault} does not.
 */
class SinglePrecision implements Backend {
    /** A mistake to be found. */
    enum Fault {
        NONE,
        FORGETS_LAST_SOURCE,
        PIXEL_CORNERS,
        ADDS_TO_OUTPUTS,
        LOSES_NAN,
        COARSE_EXP,
        NEGATES_UNIFORMS,
        LEAKS,
        COUNTS_NOTHING,
        COUNTS_HALF,
        GIVES_BACK_LATE,
        IGNORES_CANCELLATION,
        HANGS,
        THROWS_LATER,
        TURNS_INTO_NAN,
        LAST_OF_TIES,
        NAMES_DOUBLES_ONCE,
        WRAPS_RASTER,
        COARSE_MIXTURE,
        SOURCE_ORDER,
        NEVER_CUTS,
        FORGETS_BACKGROUND
    }

    private final Fault fault;

    SinglePrecision(Fault fault) {
        this.fault = fault;
    }

    @Override
    public String name() {
        return "single";
    }

    @Override
    public String description() {
        return "float interpreter for tests";
    }

    @Override
    public int ranking() {
        return -200;
    }

    @Override
    public Set<Op> operations() {
        return EnumSet.allOf(Op.class);
    }

    @Override
    public Session open(Resources resources) {
        return new SingleSession(resources, fault);
    }
}
