package org.kernfield.numerics.lapack;

import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.LinearAlgebraCheck;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.util.function.Supplier;

/**
 * Linear algebra on an OpenBLAS. Products, triangular solves and Cholesky factors of either type
 * are cut into tiles for the caller's threads; the other factorisations are single calls of LAPACK
 * in float64. It is useless once its library is closed.
 */
public final class LapackAlgebra implements LinearAlgebra {
    /** What openblas_get_parallel returns for OpenMP; 0 is one thread only, 1 pthreads. */
    private static final int OPENMP = 2;

    private final String name;
    private final int ranking;
    private final NativeLibrary library;
    private final Blas single;
    private final Blas wide;
    private final Lapack lapack;
    private final Resources resources;

    /**
     * On the calling thread, with no limits. The library is told to use one thread, for the whole
     * process.
     *
     * @param library stays the caller's, who closes it
     * @throws IllegalArgumentException naming a function that the library lacks, or if its threads
     *     are OpenMP's
     */
    public LapackAlgebra(String name, int ranking, NativeLibrary library) {
        this(
                name,
                ranking,
                withoutOpenMp(library),
                Blas.single(library),
                Blas.wide(library),
                new Lapack(library),
                new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE));
        useOneThread(library);
    }

    private LapackAlgebra(
            String name,
            int ranking,
            NativeLibrary library,
            Blas single,
            Blas wide,
            Lapack lapack,
            Resources resources) {
        this.name = name;
        this.ranking = ranking;
        this.library = library;
        this.single = single;
        this.wide = wide;
        this.lapack = lapack;
        this.resources = resources;
    }

    /** Built with OpenMP, it keeps the number of threads for each calling thread apart. */
    private static NativeLibrary withoutOpenMp(NativeLibrary library) {
        String function = "openblas_get_parallel";
        if (library.has(function) && number(library, function) == OPENMP) {
            throw new IllegalArgumentException(
                    library.name()
                            + ": computes on threads of OpenMP, which cannot be held to one; use an"
                            + " OpenBLAS built with pthreads");
        }
        return library;
    }

    private static int number(NativeLibrary library, String function) {
        try {
            return (int)
                    library.handle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT))
                            .invokeExact();
        } catch (Throwable e) {
            throw Failures.unchecked(e);
        }
    }

    private static void useOneThread(NativeLibrary library) {
        String function = "openblas_set_num_threads";
        if (library.has(function)) {
            try {
                library.handle(function, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                        .invokeExact(1);
            } catch (Throwable e) {
                throw Failures.unchecked(e);
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int ranking() {
        return ranking;
    }

    @Override
    public LinearAlgebra with(Resources granted) {
        return new LapackAlgebra(name, ranking, library, single, wide, lapack, granted);
    }

    private Level3 level3(Array array) {
        boolean isSingle = array.type() == ElementType.F32;
        return new Level3(
                isSingle ? single : wide,
                new Tiles(resources),
                isSingle ? Float.BYTES : Double.BYTES);
    }

    private Factors factors() {
        return new Factors(library, lapack, resources);
    }

    private <T> T call(Supplier<T> work) {
        return library.calling(work);
    }

    private void run(Runnable work) {
        library.calling(
                () -> {
                    work.run();
                    return null;
                });
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
        LinearAlgebraCheck.gemm(batch, a, transposeA, b, transposeB, c);
        run(() -> level3(c).gemm(batch, alpha, a, transposeA, b, transposeB, beta, c));
    }

    @Override
    public void syrk(double alpha, Array a, boolean transpose, double beta, Array c) {
        LinearAlgebraCheck.syrk(a, transpose, c);
        run(() -> level3(c).syrk(alpha, a, transpose, beta, c));
    }

    @Override
    public void trsmBatched(
            int batch, Side side, Triangle triangle, boolean transpose, Array t, Array b) {
        LinearAlgebraCheck.trsm(batch, side, t, b);
        run(() -> level3(b).trsm(batch, side, triangle, transpose, t, b));
    }

    @Override
    public int[] potrfBatched(int batch, Array a) {
        LinearAlgebraCheck.square("potrf", batch, a);
        return call(() -> level3(a).potrf(batch, a));
    }

    @Override
    public int pstrf(Array a, int[] pivots, double tolerance) {
        LinearAlgebraCheck.pivots("pstrf", a, pivots);
        double unit = a.type() == ElementType.F32 ? Math.ulp(1f) : Math.ulp(1.0);
        double largest = largestDiagonal(a);
        double limit = tolerance < 0 ? a.rows() * unit * largest : tolerance;
        // dpstrf compares all pivots but the first one
        if (!(largest > Math.max(limit, 0) && largest < Double.POSITIVE_INFINITY)) {
            return none(a, pivots);
        }
        return call(() -> factors().pstrf(a, pivots, limit));
    }

    /** A factor of rank 0. */
    private int none(Array a, int[] pivots) {
        long bytes = (long) a.width() * a.type().bytes();
        for (int i = 0; i < pivots.length; i++) {
            resources.cancel().check();
            pivots[i] = i;
            a.data().asSlice(i * bytes, bytes).fill((byte) 0);
        }
        return 0;
    }

    /** NaN is never the largest. */
    private static double largestDiagonal(Array a) {
        double largest = 0;
        for (int k = 0; k < a.rows(); k++) {
            double pivot = a.get((long) k * a.width() + k);
            largest = pivot > largest ? pivot : largest;
        }
        return largest;
    }

    @Override
    public int sytrf(Array a, int[] pivots) {
        LinearAlgebraCheck.pivots("sytrf", a, pivots);
        return call(() -> factors().sytrf(a, pivots));
    }

    @Override
    public void sytrs(Array factor, int[] pivots, Array b) {
        LinearAlgebraCheck.sytrs(factor, pivots, b);
        var level3 = new Level3(wide, new Tiles(resources), Double.BYTES);
        run(() -> new RookSolve(library, level3, resources).solve(factor, pivots, b));
    }

    @Override
    public void geqrf(Array a, Array tau) {
        LinearAlgebraCheck.geqrf(a, tau);
        run(() -> factors().geqrf(a, tau));
    }

    @Override
    public void geqp3(Array a, Array tau, int[] pivots) {
        LinearAlgebraCheck.geqp3(a, tau, pivots);
        run(() -> factors().geqp3(a, tau, pivots));
    }

    @Override
    public void ormqr(boolean transpose, Array factor, Array tau, Array c) {
        LinearAlgebraCheck.ormqr(factor, tau, c);
        run(() -> factors().ormqr(transpose, factor, tau, c));
    }

    @Override
    public void symmetricEigen(Array a, Array eigenvalues) {
        LinearAlgebraCheck.symmetricEigen(a, eigenvalues);
        run(() -> factors().symmetricEigen(a, eigenvalues));
    }

    @Override
    public void svd(Array a, Array u, Array s, Array v) {
        LinearAlgebraCheck.svd(a, u, s, v);
        run(() -> factors().svd(a, u, s, v));
    }
}
