package org.kernfield.testkit;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.Compute;
import org.kernfield.field.Fit;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.field.Task;

import java.util.LinkedHashMap;

/** A representation whose fits have more in every step, which their states tell. */
final class GrowingBlobs extends Blobs {
    private static final int ROWS = 10;

    @Override
    public Fit begin(Task task, Settings settings) {
        return new Growing(super.begin(task, settings));
    }

    private static final class Growing implements Fit {
        private final Fit fit;
        private int steps;

        Growing(Fit fit) {
            this.fit = fit;
        }

        @Override
        public void step(Compute compute) {
            fit.step(compute);
            compute.allocate(ElementType.F32, ROWS, 1);
            steps++;
        }

        @Override
        public State state(Compute compute) {
            State state = fit.state(compute);
            var arrays = new LinkedHashMap<>(state.arrays());
            arrays.put("grown", Array.zeros(ElementType.F32, (long) ROWS * steps, 1));
            return new State(arrays, state.values());
        }

        @Override
        public void restore(State state, Compute compute) {
            fit.restore(state, compute);
            steps = (int) state.array("grown").rows() / ROWS;
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
