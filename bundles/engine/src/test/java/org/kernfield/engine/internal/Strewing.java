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

/** Blobs that leave objects of a class of their own on every thread they run on. */
public final class Strewing implements Representation {
    private static final ThreadLocal<Strewing> LEFT = new ThreadLocal<>();

    private final Representation blobs = new Blobs();

    public Strewing() {}

    @Override
    public String name() {
        return "strewing";
    }

    @Override
    public String label() {
        return "leaves thread locals";
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
                LEFT.set(Strewing.this);
                compute.workers().forEach(64, part -> LEFT.set(Strewing.this));
                fit.step(compute);
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
