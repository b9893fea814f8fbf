package org.kernfield.engine.internal;

import org.kernfield.engine.Blobs;
import org.kernfield.field.Compute;
import org.kernfield.field.Fit;
import org.kernfield.field.Settings;
import org.kernfield.field.Task;

/** Blobs that leave objects of a class of their own on every thread they run on. */
public final class Strewing extends AlteredBlobs {
    private static final ThreadLocal<Strewing> LEFT = new ThreadLocal<>();

    public Strewing() {
        super(new Blobs());
    }

    @Override
    public String name() {
        return "strewing";
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        return new AlteredFit(super.begin(task, settings)) {
            @Override
            public void step(Compute compute) {
                LEFT.set(Strewing.this);
                compute.workers().forEach(64, part -> LEFT.set(Strewing.this));
                super.step(compute);
            }
        };
    }
}
