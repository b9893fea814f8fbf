package org.kernfield.openblas.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Resources;

import java.nio.file.Path;

/** OpenBLAS for programs without OSGi: found when it is made, and mapped as long as the process. */
public final class OpenBlasAlgebra implements LinearAlgebra {
    private final LinearAlgebra algebra;

    /**
     * @throws IllegalStateException if there is none, in one sentence
     */
    public OpenBlasAlgebra() {
        String home = System.getenv("KERNFIELD_HOME");
        Path place =
                home == null || home.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".kernfield")
                        : Path.of(home);
        algebra = OpenBlas.find(LibrarySearch.ofProcess(place)).algebra();
    }

    @Override
    public String name() {
        return algebra.name();
    }

    @Override
    public int ranking() {
        return algebra.ranking();
    }

    @Override
    public LinearAlgebra with(Resources resources) {
        return algebra.with(resources);
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
        algebra.gemmBatched(batch, alpha, a, transposeA, b, transposeB, beta, c);
    }

    @Override
    public void syrk(double alpha, Array a, boolean transpose, double beta, Array c) {
        algebra.syrk(alpha, a, transpose, beta, c);
    }

    @Override
    public void trsmBatched(
            int batch, Side side, Triangle triangle, boolean transpose, Array t, Array b) {
        algebra.trsmBatched(batch, side, triangle, transpose, t, b);
    }

    @Override
    public int[] potrfBatched(int batch, Array a) {
        return algebra.potrfBatched(batch, a);
    }

    @Override
    public int pstrf(Array a, int[] pivots, double tolerance) {
        return algebra.pstrf(a, pivots, tolerance);
    }

    @Override
    public int sytrf(Array a, int[] pivots) {
        return algebra.sytrf(a, pivots);
    }

    @Override
    public void sytrs(Array factor, int[] pivots, Array b) {
        algebra.sytrs(factor, pivots, b);
    }

    @Override
    public void geqrf(Array a, Array tau) {
        algebra.geqrf(a, tau);
    }

    @Override
    public void geqp3(Array a, Array tau, int[] pivots) {
        algebra.geqp3(a, tau, pivots);
    }

    @Override
    public void ormqr(boolean transpose, Array factor, Array tau, Array c) {
        algebra.ormqr(transpose, factor, tau, c);
    }

    @Override
    public void symmetricEigen(Array a, Array eigenvalues) {
        algebra.symmetricEigen(a, eigenvalues);
    }

    @Override
    public void svd(Array a, Array u, Array s, Array v) {
        algebra.svd(a, u, s, v);
    }
}
