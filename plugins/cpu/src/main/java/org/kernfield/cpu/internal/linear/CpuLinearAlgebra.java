package org.kernfield.cpu.internal.linear;

import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.LinearAlgebraCheck;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;

/**
 * Dense linear algebra on the vector units; with plain loops, several times slower, where java was
 * started without the Vector API.
 */
public class CpuLinearAlgebra implements LinearAlgebra {
    private final Types types;
    private final Crew crew;

    public CpuLinearAlgebra() {
        this(Types.ofMachine());
    }

    CpuLinearAlgebra(Types types) {
        this(types, new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE));
    }

    private CpuLinearAlgebra(Types types, Resources resources) {
        this.types = types;
        this.crew = new Crew(resources);
    }

    @Override
    public final String name() {
        return "cpu";
    }

    @Override
    public final int ranking() {
        return 100;
    }

    @Override
    public final LinearAlgebra with(Resources resources) {
        return new CpuLinearAlgebra(types, resources);
    }

    private Level3<?> level3(Array array) {
        return new Level3<>(types.of(array.type()), crew);
    }

    /** Whatever the arguments are: rounded to float32 at the end where they are that. */
    private Call<double[]> wide() {
        return new Call<>(types.doubles(), crew);
    }

    @Override
    public final void gemmBatched(
            int batch,
            double alpha,
            Array a,
            boolean transposeA,
            Array b,
            boolean transposeB,
            double beta,
            Array c) {
        LinearAlgebraCheck.gemm(batch, a, transposeA, b, transposeB, c);
        level3(c).gemm(batch, alpha, a, transposeA, b, transposeB, beta, c);
    }

    @Override
    public final void syrk(double alpha, Array a, boolean transpose, double beta, Array c) {
        LinearAlgebraCheck.syrk(a, transpose, c);
        level3(c).syrk(alpha, a, transpose, beta, c);
    }

    @Override
    public final void trsmBatched(
            int batch, Side side, Triangle triangle, boolean transpose, Array t, Array b) {
        LinearAlgebraCheck.trsm(batch, side, t, b);
        level3(b).trsm(batch, side, triangle, transpose, t, b);
    }

    @Override
    public final int[] potrfBatched(int batch, Array a) {
        LinearAlgebraCheck.square("potrf", batch, a);
        return level3(a).potrf(batch, a);
    }

    @Override
    public final void potri(Array l) {
        LinearAlgebraCheck.square("potri", 1, l);
        level3(l).potri(l);
    }

    @Override
    public final int pstrf(Array a, int[] pivots, double tolerance) {
        LinearAlgebraCheck.pivots("pstrf", a, pivots);
        double unit = a.type() == ElementType.F32 ? Math.ulp(1f) : Math.ulp(1.0);
        try (var call = wide()) {
            int rank = new Pivoted(call, call.write(a), pivots).factor(tolerance, unit);
            call.store();
            return rank;
        }
    }

    @Override
    public final int sytrf(Array a, int[] pivots) {
        LinearAlgebraCheck.pivots("sytrf", a, pivots);
        try (var call = wide()) {
            int info = new Indefinite(call, call.write(a), pivots).factor();
            call.store();
            return info;
        }
    }

    @Override
    public final void sytrs(Array factor, int[] pivots, Array b) {
        LinearAlgebraCheck.sytrs(factor, pivots, b);
        try (var call = wide()) {
            Indefinite.solve(call, call.read(factor), pivots, call.write(b));
            call.store();
        }
    }

    @Override
    public final void geqrf(Array a, Array tau) {
        LinearAlgebraCheck.geqrf(a, tau);
        try (var call = wide()) {
            View<double[]> factor = call.write(a);
            var scales = new double[Math.toIntExact(tau.rows())];
            new Householder(call, factor.rows(), factor.columns()).factor(factor, scales);
            fill(tau, scales);
            call.store();
        }
    }

    @Override
    public final void geqp3(Array a, Array tau, int[] pivots) {
        LinearAlgebraCheck.geqp3(a, tau, pivots);
        try (var call = wide()) {
            View<double[]> factor = call.write(a);
            View<double[]> columns = call.matrix(factor.columns(), factor.rows());
            View.copy(factor.transposed(), columns);
            var scales = new double[Math.toIntExact(tau.rows())];
            new PivotedHouseholder(call, columns, scales, pivots).factor();
            View.copy(columns.transposed(), factor);
            fill(tau, scales);
            call.store();
        }
    }

    private static void fill(Array into, double[] values) {
        for (int k = 0; k < values.length; k++) {
            into.set(k, values[k]);
        }
    }

    @Override
    public final void ormqr(boolean transpose, Array factor, Array tau, Array c) {
        LinearAlgebraCheck.ormqr(factor, tau, c);
        try (var call = wide()) {
            View<double[]> product = call.write(c);
            var scales = new double[Math.toIntExact(tau.rows())];
            for (int k = 0; k < scales.length; k++) {
                scales[k] = tau.get(k);
            }
            new Householder(call, product.rows(), product.columns())
                    .multiply(transpose, call.read(factor), scales, product);
            call.store();
        }
    }

    @Override
    public final void symmetricEigen(Array a, Array eigenvalues) {
        LinearAlgebraCheck.symmetricEigen(a, eigenvalues);
        if (a.rows() == 0) {
            return;
        }
        try (var call = wide()) {
            fill(
                    eigenvalues,
                    new SymmetricEigen(call, types.doubles().kernel(), call.write(a)).solve());
            call.store();
        }
    }

    @Override
    public final void svd(Array a, Array u, Array s, Array v) {
        LinearAlgebraCheck.svd(a, u, s, v);
        if (s.rows() == 0) {
            return;
        }
        boolean wide = a.rows() < a.width();
        try (var call = wide()) {
            View<double[]> given = call.read(a);
            View<double[]> turned = wide ? given.transposed() : given;
            View<double[]> tall = call.matrix(turned.rows(), turned.columns());
            View.copy(turned, tall);
            View<double[]> left = call.write(wide ? v : u);
            View<double[]> right = call.write(wide ? u : v);
            fill(s, new Singular(call, types.doubles().kernel(), tall).solve(left, right));
            call.store();
        }
    }
}
