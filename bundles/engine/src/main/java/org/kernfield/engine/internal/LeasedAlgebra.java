package org.kernfield.engine.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Resources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The best linear algebra there is at each call. What it works on may be half written when one
 * leaves, fails or is silent, so that the step is broken off and {@link #trouble} says what
 * follows.
 */
final class LeasedAlgebra implements LinearAlgebra {
    private static final Logger LOG = LoggerFactory.getLogger(LeasedAlgebra.class);

    private final Roster<LinearAlgebra> roster;
    private final Resources resources;
    private final Course course;

    /** What is common to all views on one. */
    private static final class Course {
        final Vigil vigil = new Vigil();
        final Set<Lease<LinearAlgebra>> running = ConcurrentHashMap.newKeySet();
        volatile List<Lease<LinearAlgebra>> abandoned = List.of();
        volatile boolean isClosed;
        volatile Outcome trouble;
    }

    LeasedAlgebra(Roster<LinearAlgebra> roster, Resources resources) {
        this(roster, resources, new Course());
    }

    private LeasedAlgebra(Roster<LinearAlgebra> roster, Resources resources, Course course) {
        this.roster = roster;
        this.resources = resources;
        this.course = course;
    }

    /** How a step ends in which no call was answered for want of a sound service, or null. */
    Outcome trouble() {
        return course.trouble;
    }

    /** Whether a call was broken off and the next one there may answer it. */
    boolean isBroken() {
        return course.trouble instanceof Outcome.Moved;
    }

    /** For how long a call has given no sign of life. */
    long silentNanos() {
        return course.vigil.silentNanos();
    }

    /** Gives back what runs, which goes on in vain. */
    void abandon() {
        course.abandoned = List.copyOf(course.running);
        course.abandoned.forEach(Lease::abandon);
    }

    void close() {
        course.isClosed = true;
    }

    private <T> T call(Function<LinearAlgebra, T> work) {
        if (course.isClosed) {
            throw new IllegalStateException(
                    "linear algebra: used after its lease has ended; use the one given to each"
                            + " call");
        }
        Lease<LinearAlgebra> lease = roster.lease(e -> e.fault.isEmpty());
        if (lease == null) {
            course.trouble =
                    new Outcome.Waiting(
                            "no linear algebra is in service; it goes on when one comes");
            throw new UnsupportedOperationException(
                    "linear algebra: none is here; start the bundle cpu or reference");
        }
        try (lease) {
            course.running.add(lease);
            return watched(lease, work);
        } finally {
            course.running.remove(lease);
            if (lease.isBroken()) {
                course.trouble =
                        new Outcome.Moved(
                                "linear algebra withdrawn, step broken off",
                                Outcome.End.BROKEN_OFF);
            }
        }
    }

    private <T> T watched(Lease<LinearAlgebra> lease, Function<LinearAlgebra, T> work) {
        CancelToken cancel = () -> resources.cancel().isCancelled() || lease.isBroken();
        var own =
                new Resources(
                        resources.workers(), resources.budget(), course.vigil.hearing(cancel));
        try {
            return course.vigil.over(() -> work.apply(lease.service().with(own)));
        } catch (RuntimeException | Error e) {
            if (!Vigil.isOfTheCaller(e) && !(e instanceof ArithmeticException)) {
                blame(lease, e.toString());
            }
            throw e;
        }
    }

    /**
     * Blames what was abandoned.
     *
     * @return whether there is another to go on with
     */
    boolean blame(String why) {
        boolean hasOther = false;
        for (var lease : course.abandoned) {
            hasOther |= blame(lease, why);
        }
        return hasOther;
    }

    /** Takes one out of service; when the last one there fails as well, none is to blame. */
    private boolean blame(Lease<LinearAlgebra> lease, String why) {
        long serial = lease.serial();
        if (roster.first(e -> e.fault.isEmpty() && e.serial != serial) == null) {
            roster.snapshot().forEach(e -> roster.reinstate(e.serial));
            return false;
        }
        roster.fault(serial, why);
        LOG.warn("linear algebra {}: taken out of service ({})", lease.name(), why);
        course.trouble =
                new Outcome.Moved(
                        "fault of linear algebra " + lease.name() + ": " + why, Outcome.End.FAULT);
        return true;
    }

    private void run(Consumer<LinearAlgebra> work) {
        call(
                algebra -> {
                    work.accept(algebra);
                    return null;
                });
    }

    @Override
    public String name() {
        return call(LinearAlgebra::name);
    }

    @Override
    public int ranking() {
        return call(LinearAlgebra::ranking);
    }

    @Override
    public LinearAlgebra with(Resources granted) {
        return new LeasedAlgebra(roster, granted, course);
    }

    @Override
    public void gemmBatched(
            int batch,
            double alpha,
            Array a,
            boolean transposeA,
            Array b,
            boolean transposeB,
            double beta,
            Array c) {
        run(l -> l.gemmBatched(batch, alpha, a, transposeA, b, transposeB, beta, c));
    }

    @Override
    public void syrk(double alpha, Array a, boolean transpose, double beta, Array c) {
        run(l -> l.syrk(alpha, a, transpose, beta, c));
    }

    @Override
    public void trsmBatched(
            int batch, Side side, Triangle triangle, boolean transpose, Array t, Array b) {
        run(l -> l.trsmBatched(batch, side, triangle, transpose, t, b));
    }

    @Override
    public int[] potrfBatched(int batch, Array a) {
        return call(l -> l.potrfBatched(batch, a));
    }

    @Override
    public int pstrf(Array a, int[] pivots, double tolerance) {
        return call(l -> l.pstrf(a, pivots, tolerance));
    }

    @Override
    public int sytrf(Array a, int[] pivots) {
        return call(l -> l.sytrf(a, pivots));
    }

    @Override
    public void sytrs(Array factor, int[] pivots, Array b) {
        run(l -> l.sytrs(factor, pivots, b));
    }

    @Override
    public void geqrf(Array a, Array tau) {
        run(l -> l.geqrf(a, tau));
    }

    @Override
    public void geqp3(Array a, Array tau, int[] pivots) {
        run(l -> l.geqp3(a, tau, pivots));
    }

    @Override
    public void ormqr(boolean transpose, Array factor, Array tau, Array c) {
        run(l -> l.ormqr(transpose, factor, tau, c));
    }

    @Override
    public void symmetricEigen(Array a, Array eigenvalues) {
        run(l -> l.symmetricEigen(a, eigenvalues));
    }

    @Override
    public void svd(Array a, Array u, Array s, Array v) {
        run(l -> l.svd(a, u, s, v));
    }
}
