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
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A fit whose step ends only when it is cancelled. */
final class Endless implements Representation {
    private final CountDownLatch stepping = new CountDownLatch(1);

    void awaitStep() throws InterruptedException {
        stepping.await();
    }

    @Override
    public String name() {
        return "endless";
    }

    @Override
    public String label() {
        return "never ends";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Class<? extends Task>> tasks() {
        return new Blobs().tasks();
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of();
    }

    @Override
    public Field open(Model model) {
        throw new UnsupportedOperationException("endless: has no field");
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        return new Fit() {
            @Override
            public void step(Compute compute) {
                stepping.countDown();
                while (true) {
                    compute.checkCancelled();
                    Thread.onSpinWait();
                }
            }

            @Override
            public State state(Compute compute) {
                return new State(Map.of(), Map.of());
            }

            @Override
            public void restore(State state, Compute compute) {}

            @Override
            public Metrics metrics() {
                return Metrics.none();
            }

            @Override
            public Model finish(Compute compute) {
                return new Model("endless", 1, "image", Map.of(), Map.of());
            }
        };
    }
}
