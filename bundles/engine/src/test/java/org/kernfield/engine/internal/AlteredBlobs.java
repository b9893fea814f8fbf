package org.kernfield.engine.internal;

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

/** Blobs, but for what a test overrides; public for classes of loaders of their own. */
public abstract class AlteredBlobs implements Representation {
    private final Blobs blobs;

    protected AlteredBlobs(Blobs blobs) {
        this.blobs = blobs;
    }

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
    public Fit begin(Task task, Settings settings) {
        return blobs.begin(task, settings);
    }

    @Override
    public Field open(Model model) {
        return blobs.open(model);
    }

    /** A fit, but for what a test overrides. */
    public abstract static class AlteredFit implements Fit {
        private final Fit fit;

        protected AlteredFit(Fit fit) {
            this.fit = fit;
        }

        @Override
        public void step(Compute compute) {
            fit.step(compute);
        }

        @Override
        public boolean isDone() {
            return fit.isDone();
        }

        @Override
        public double progress() {
            return fit.progress();
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
    }
}
