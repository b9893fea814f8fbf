package org.kernfield.engine.internal;

import org.kernfield.backend.Array;
import org.kernfield.engine.Blobs;
import org.kernfield.field.Compute;
import org.kernfield.field.Field;
import org.kernfield.field.Fit;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.field.Task;

import java.util.List;

/** Blobs whose every step factorises a matrix first. */
final class Factoring implements Representation {
    private final Representation blobs = new Blobs();

    @Override
    public String name() {
        return blobs.name();
    }

    @Override
    public String label() {
        return blobs.label();
    }

    @Override
    public int version() {
        return blobs.version();
    }

    @Override
    public List<Class<? extends Task>> tasks() {
        return blobs.tasks();
    }

    @Override
    public List<Setting<?>> settings() {
        return blobs.settings();
    }

    @Override
    public Field open(Model model) {
        return blobs.open(model);
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        Fit fit = blobs.begin(task, settings);
        return new Fit() {
            @Override
            public void step(Compute compute) {
                compute.linearAlgebra().potrf(Array.of(1, 4.0));
                fit.step(compute);
            }

            @Override
            public boolean isDone() {
                return fit.isDone();
            }

            @Override
            public State state(Compute compute) {
                return fit.state(compute);
            }

            @Override
            public void restore(State state, Compute compute) {
                fit.restore(state, compute);
            }

            @Override
            public Metrics metrics() {
                return fit.metrics();
            }

            @Override
            public Model finish(Compute compute) {
                return fit.finish(compute);
            }
        };
    }
}
