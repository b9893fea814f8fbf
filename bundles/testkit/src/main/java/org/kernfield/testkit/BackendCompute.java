package org.kernfield.testkit;

import org.kernfield.backend.Args;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.backend.Workers;
import org.kernfield.field.Compute;
import org.kernfield.reference.ReferenceLinearAlgebra;

import java.util.Map;

/**
 * A session of one backend as a {@link Compute}, for tests of representations without an engine.
 */
public final class BackendCompute implements Compute, AutoCloseable {
    private final Backend backend;
    private final Workers workers;
    private final Budget budget;
    private final LinearAlgebra algebra;
    private final Session session;
    private double progress;

    public BackendCompute(Backend backend, Workers workers, Budget budget) {
        this(backend, workers, budget, new ReferenceLinearAlgebra());
    }

    public BackendCompute(Backend backend, Workers workers, Budget budget, LinearAlgebra algebra) {
        this.backend = backend;
        this.workers = workers;
        this.budget = budget;
        this.algebra = algebra;
        this.session = backend.open(new Resources(workers, budget, CancelToken.NONE));
    }

    /** On the calling thread, with 1 GB of memory. */
    public static BackendCompute on(Backend backend) {
        return new BackendCompute(backend, Workers.SERIAL, new Budget(1_000_000_000));
    }

    /** What {@link #progress()} answers from now on, 0 to 1. */
    public void progress(double value) {
        progress = value;
    }

    @Override
    public Buffer allocate(ElementType type, long rows, int width) {
        return session.allocate(type, rows, width);
    }

    @Override
    public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
        session.run(reduction, args, outputs);
    }

    @Override
    public BufferOperations operations() {
        return session.operations();
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        return algebra.with(new Resources(workers, budget, CancelToken.NONE));
    }

    @Override
    public String backend() {
        return backend.name();
    }

    @Override
    public double progress() {
        return progress;
    }

    @Override
    public Workers workers() {
        return workers;
    }

    @Override
    public long memoryLeft() {
        return budget.limit() - budget.used();
    }

    @Override
    public void checkCancelled() {}

    @Override
    public void close() {
        session.close();
    }
}
