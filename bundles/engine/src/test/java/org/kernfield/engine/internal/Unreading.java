package org.kernfield.engine.internal;

import org.kernfield.engine.Blobs;
import org.kernfield.field.Compute;
import org.kernfield.field.Fit;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.field.Task;

/** A version of the blobs that cannot read a state. */
final class Unreading extends AlteredBlobs {
    Unreading(Blobs blobs) {
        super(blobs);
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        return new AlteredFit(super.begin(task, settings)) {
            @Override
            public void restore(State state, Compute compute) {
                throw new IllegalArgumentException("no array 'shapes'");
            }
        };
    }
}
