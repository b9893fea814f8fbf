package org.kernfield.engine.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.backend.Workers;
import org.kernfield.engine.Failure;
import org.kernfield.field.Compute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** What a fit sees of the backend leased now; useless once closed. */
final class LeasedCompute implements Compute, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeasedCompute.class);

    private final String backend;
    private final Abilities abilities;
    private final Resources resources;
    private final DoubleSupplier progress;
    private final LeasedAlgebra algebra;
    private final Supplier<Session> opening;
    private Session session;
    private Failure fault;
    private volatile boolean isCalling;
    private volatile long heardOf;

    /**
     * For a session on {@code backend} that {@link #open} opens.
     *
     * @param progress 0 to 1
     */
    LeasedCompute(
            Lease<Backend> backend,
            Roster<LinearAlgebra> algebras,
            Workers workers,
            Budget budget,
            CancelToken cancel,
            DoubleSupplier progress) {
        this.backend = backend.name();
        this.abilities = new Abilities(backend.service());
        this.resources =
                new Resources(
                        workers,
                        budget,
                        () -> {
                            heardOf = System.nanoTime();
                            return cancel.isCancelled();
                        });
        this.progress = progress;
        this.algebra = new LeasedAlgebra(algebras, resources);
        this.opening = () -> backend.service().open(resources);
    }

    /** Opens the session, once; itself. */
    LeasedCompute open() {
        session = guarded(opening);
        return this;
    }

    /** What the backend failed with, or null: not an argument it refused, a failure of its own. */
    Failure fault() {
        return fault;
    }

    /**
     * For how long a call to the backend has neither returned nor looked at its cancel token, which
     * it owes every 100 ms.
     */
    long silentNanos() {
        return isCalling ? System.nanoTime() - heardOf : 0;
    }

    @Override
    public Buffer allocate(ElementType type, long rows, int width) {
        refuseTooLarge(type, rows, width);
        return guarded(() -> session().allocate(type, rows, width));
    }

    @Override
    public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
        guarded(
                () -> {
                    Session open = session();
                    abilities.require(reduction.kernel());
                    open.run(reduction, args, outputs);
                    return null;
                });
    }

    @Override
    public void prepare(List<Reduction> reductions, Queries queries) {
        guarded(
                () -> {
                    session().prepare(reductions, queries);
                    return null;
                });
    }

    @Override
    public BufferOperations operations() {
        return guarded(() -> session().operations());
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        session();
        return algebra;
    }

    /** Whether a call of linear algebra was broken off because its service left. */
    boolean isAlgebraBroken() {
        return algebra.isBroken();
    }

    @Override
    public String backend() {
        return backend;
    }

    @Override
    public double progress() {
        return progress.getAsDouble();
    }

    @Override
    public Workers workers() {
        return resources.workers();
    }

    @Override
    public long memoryLeft() {
        return resources.budget().left();
    }

    @Override
    public void checkCancelled() {
        resources.cancel().check();
    }

    private Session session() {
        if (session == null) {
            throw new IllegalStateException(
                    "compute on "
                            + backend
                            + ": used after its lease has ended; use the one given to each call");
        }
        return session;
    }

    /** One sentence with the figures for any backend, whatever limits it has besides. */
    private void refuseTooLarge(ElementType type, long rows, int width) {
        double wanted = (double) rows * width * type.bytes();
        long bytes = wanted < Long.MAX_VALUE ? rows * width * type.bytes() : Long.MAX_VALUE;
        resources.budget().take(bytes, "buffer of " + rows + " × " + width);
        resources.budget().release(bytes);
    }

    private <T> T guarded(Supplier<T> call) {
        heardOf = System.nanoTime();
        isCalling = true;
        try {
            return call.get();
        } catch (CancellationException
                | OutOfBudgetException
                | IllegalArgumentException
                | UnsupportedOperationException
                | OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            if (session != null || fault == null) {
                fault = Failure.of(e);
            }
            throw e;
        } finally {
            isCalling = false;
        }
    }

    @Override
    public void close() {
        Session closing = session;
        session = null;
        algebra.close();
        if (closing == null) {
            return;
        }
        try {
            heardOf = System.nanoTime();
            isCalling = true;
            closing.close();
        } catch (RuntimeException e) {
            LOG.warn("backend {} failed to close a session: {}", backend, e.toString());
        } finally {
            isCalling = false;
        }
    }
}
