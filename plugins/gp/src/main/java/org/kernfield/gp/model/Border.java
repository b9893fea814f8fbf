package org.kernfield.gp.model;

import org.kernfield.field.ModelException;
import org.kernfield.gp.exact.IndefiniteException;
import org.kernfield.gp.iterative.NotConvergedException;

import java.util.function.Supplier;

/** What the algebra refuses, as those outside of this representation know refusals. */
final class Border {
    private Border() {}

    /**
     * Does some work for somebody outside.
     *
     * @throws ModelException with the sentence of what the algebra refused
     */
    static <T> T across(Supplier<T> work) {
        try {
            return work.get();
        } catch (IndefiniteException | NotConvergedException e) {
            var told = new ModelException(e.getMessage());
            told.initCause(e);
            throw told;
        }
    }

    /** The same for work without a result. */
    static void across(Runnable work) {
        across(
                () -> {
                    work.run();
                    return null;
                });
    }
}
