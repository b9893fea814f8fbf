package org.kernfield.backend;

import java.util.Collection;

/** Something recorded on a {@link Tape}. */
interface TapeStep {
    Collection<Tape.Node> inputs();

    Collection<Tape.Node> outputs();

    /** Adds to the gradients of the inputs that are needed what those of the outputs say. */
    void back(TapeGradients gradients);
}
