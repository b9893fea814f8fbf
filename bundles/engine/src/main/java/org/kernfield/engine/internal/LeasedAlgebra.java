package org.kernfield.engine.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Resources;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** The best linear algebra there is at each call; one that leaves is waited for or broken off. */
final class LeasedAlgebra implements LinearAlgebra {
    private final Roster<LinearAlgebra> roster;
    private final Resources resources;
    private final AtomicBoolean closed;
    private final AtomicBoolean broken;

    LeasedAlgebra(Roster<LinearAlgebra> roster, Resources resources) {
        this(roster, resources, new AtomicBoolean(), new AtomicBoolean());
    }

    private LeasedAlgebra(
            Roster<LinearAlgebra> roster,
            Resources resources,
            AtomicBoolean closed,
            AtomicBoolean broken) {
        this.roster = roster;
        this.resources = resources;
        this.closed = closed;
        this.broken = broken;
    }

    /** Whether a call was broken off because its service left. */
    boolean isBroken() {
        return broken.get();
    }

    void close() {
        closed.set(true);
    }

    private <T> T call(Function<LinearAlgebra, T> work) {
        if (closed.get()) {
            throw new IllegalStateException(
                    "linear algebra: used after its lease has ended; use the one given to each"
                            + " call");
        }
        Lease<LinearAlgebra> lease = roster.lease(e -> true);
        if (lease == null) {
            throw new UnsupportedOperationException(
                    "linear algebra: none is here; start the bundle cpu or reference");
        }
        try (lease) {
            var own =
                    new Resources(
                            resources.workers(),
                            resources.budget(),
                            () -> resources.cancel().isCancelled() || lease.isBroken());
            try {
                return work.apply(lease.service().with(own));
            } finally {
                if (lease.isBroken()) {
                    broken.set(true);
                }
            }
        }
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
        return new LeasedAlgebra(roster, granted, closed, broken);
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
