package org.kernfield.engine.internal;

import org.kernfield.engine.Failure;
import org.kernfield.engine.FitException;

/** The numbers of a fit have become none. */
final class NotANumber extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long step;

    private NotANumber(long step) {
        this.step = step;
    }

    /**
     * The snapshot, unless it has a number that is none where the last one had none.
     *
     * @param before the last one, or null
     * @throws NotANumber then
     */
    static Snapshot refuse(Snapshot taken, Snapshot before) {
        if (taken.hasNaN() && (before == null || !before.hasNaN())) {
            throw new NotANumber(taken.step());
        }
        return taken;
    }

    Failure failure() {
        return Failure.of(
                new FitException(
                        "fit: its numbers are none (NaN) at step "
                                + step
                                + "; use smaller rates or look at the input"));
    }
}
