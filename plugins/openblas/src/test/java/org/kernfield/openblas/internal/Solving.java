package org.kernfield.openblas.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.field.Compute;
import org.kernfield.field.Field;
import org.kernfield.field.Fit;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.field.Task;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Solves a positive definite system at each step, x ← A⁻¹·x, and notes who did it. */
final class Solving implements Representation {
    private static final int ORDER = 200;

    /** Names of the linear algebra of each step. */
    final ConcurrentLinkedQueue<String> solvers = new ConcurrentLinkedQueue<>();

    @Override
    public String name() {
        return "solving";
    }

    @Override
    public String label() {
        return "solves a system a step";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Class<? extends Task>> tasks() {
        return List.of(ImageTask.class);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of();
    }

    @Override
    public Field open(Model model) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        Array x = Array.zeros(ElementType.F64, ORDER, 1);
        for (int i = 0; i < ORDER; i++) {
            x.set(i, 1 + i % 7);
        }
        return new Steps(x);
    }

    private final class Steps implements Fit {
        private final Array x;

        Steps(Array x) {
            this.x = x;
        }

        @Override
        public void step(Compute compute) {
            LinearAlgebra algebra = compute.linearAlgebra();
            solvers.add(algebra.name());
            Array a = Array.zeros(ElementType.F64, ORDER, ORDER);
            for (int i = 0; i < ORDER; i++) {
                for (int j = 0; j <= i; j++) {
                    a.set((long) i * ORDER + j, i == j ? 1.2 : 0.5 * Math.exp(j - i));
                }
            }
            algebra.potrf(a);
            algebra.trsm(LinearAlgebra.Side.LEFT, LinearAlgebra.Triangle.LOWER, false, a, x);
            algebra.trsm(LinearAlgebra.Side.LEFT, LinearAlgebra.Triangle.LOWER, true, a, x);
        }

        @Override
        public State state(Compute compute) {
            return new State(Map.of("x", x.as(ElementType.F64)), Map.of());
        }

        @Override
        public void restore(State state, Compute compute) {
            x.data().copyFrom(state.array("x").data());
        }

        @Override
        public Metrics metrics() {
            return Metrics.none();
        }

        @Override
        public Model finish(Compute compute) {
            return new Model(name(), 1, "image", Map.of("x", x.as(ElementType.F64)), Map.of());
        }
    }
}
