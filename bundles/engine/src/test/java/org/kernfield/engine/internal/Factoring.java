package org.kernfield.engine.internal;

import org.kernfield.backend.Array;
import org.kernfield.engine.Blobs;
import org.kernfield.field.Compute;
import org.kernfield.field.Fit;
import org.kernfield.field.Settings;
import org.kernfield.field.Task;

/** Blobs whose every step factorises a matrix first. */
final class Factoring extends AlteredBlobs {
    Factoring() {
        super(new Blobs());
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        return new AlteredFit(super.begin(task, settings)) {
            @Override
            public void step(Compute compute) {
                compute.linearAlgebra().potrf(Array.of(1, 4.0));
                super.step(compute);
            }
        };
    }
}
