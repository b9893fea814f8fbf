package org.kernfield.engine.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.backend.Workers;
import org.kernfield.engine.Failure;
import org.kernfield.field.Compute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Vigil vigil = new Vigil();
    private Session session;

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
        this.resources = new Resources(workers, budget, vigil.hearing(cancel));
        this.progress = progress;
        this.algebra = new LeasedAlgebra(algebras, resources);
        this.opening = () -> backend.service().open(resources);
    }

    /** Opens the session, once; itself. A backend that refuses is at fault whatever it says. */
    LeasedCompute open() {
        try {
            session = vigil.over(opening);
        } catch (IllegalArgumentException | UnsupportedOperationException refused) {
            vigil.blame(refused);
            throw refused;
        }
        return this;
    }

    boolean isOpen() {
        return session != null;
    }

    /** Over the calls to the backend, its buffers and its operations. */
    Vigil vigil() {
        return vigil;
    }

    /** What the backend failed with, or null: not an argument it refused, a failure of its own. */
    Failure fault() {
        return vigil.fault();
    }

    /**
     * For how long a call to the backend or the linear algebra has neither returned nor looked at
     * its cancel token, which it owes every 100 ms.
     */
    long silentNanos() {
        return Math.max(vigil.silentNanos(), algebra.silentNanos());
    }

    /** The linear algebra if it is silent for longer than the backend, or null. */
    LeasedAlgebra silentAlgebra() {
        return algebra.silentNanos() > vigil.silentNanos() ? algebra : null;
    }

    @Override
    public Buffer allocate(ElementType type, long rows, int width) {
        Session open = session();
        refuseTooLarge(type, rows, width);
        Buffer own = vigil.over(() -> open.allocate(type, rows, width));
        return new WatchedBuffer(this, own, type, rows, width);
    }

    @Override
    public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
        Session open = session();
        abilities.require(reduction.kernel());
        var own = new Args(args.queries(), own(args.buffers()), args.uniforms(), args.lists());
        var results = own(outputs);
        vigil.over(() -> open.run(reduction, own, results));
    }

    private static Map<String, Buffer> own(Map<String, Buffer> buffers) {
        var own = new LinkedHashMap<String, Buffer>();
        buffers.forEach((slot, buffer) -> own.put(slot, WatchedBuffer.unwrapped(buffer)));
        return own;
    }

    @Override
    public void prepare(List<Reduction> reductions, Queries queries) {
        Session open = session();
        vigil.over(() -> open.prepare(reductions, queries));
    }

    @Override
    public BufferOperations operations() {
        Session open = session();
        return new WatchedOperations(vigil, vigil.over(open::operations));
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        session();
        return algebra;
    }

    /** How a step ends that the linear algebra has left without an answer, or null. */
    Outcome algebraTrouble() {
        return algebra.trouble();
    }

    /** Whether a call of linear algebra was broken off and the next one there may answer it. */
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

    /** The open session. */
    Session session() {
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

    @Override
    public void close() {
        Session closing = session;
        session = null;
        algebra.close();
        if (closing == null) {
            return;
        }
        try {
            vigil.over(closing::close);
        } catch (Throwable e) {
            LOG.warn("backend {} failed to close a session: {}", backend, e.toString());
        }
    }
}
