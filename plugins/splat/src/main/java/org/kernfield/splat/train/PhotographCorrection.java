package org.kernfield.splat.train;

import org.kernfield.backend.Tape;
import org.kernfield.field.State;

/** Something that is learned of each photograph beside the splats. */
interface PhotographCorrection extends AutoCloseable {
    /** The row of the photograph that was recorded last, 1 × width. */
    Tape.Node recorded();

    /**
     * One step.
     *
     * @param gradient of the row
     */
    void step(int photograph, float[] gradient, Rates rates);

    /** How large the corrections are. */
    double size();

    void save(State into);

    void restore(State from);

    @Override
    void close();
}
