package org.kernfield.reference;

import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.LinearAlgebraCheck;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;
import org.kernfield.reference.internal.Cholesky;
import org.kernfield.reference.internal.Householder;
import org.kernfield.reference.internal.Indefinite;
import org.kernfield.reference.internal.Jacobi;
import org.kernfield.reference.internal.Matrix;

import java.util.function.Supplier;

/**
 * Dense linear algebra by the textbook loops in float64 on one thread (G. H. Golub and C. F. Van
 * Loan, Matrix Computations, 4th edition); float32 is rounded at the end.
 */
public class ReferenceLinearAlgebra implements LinearAlgebra {
    /** Copies that a call makes of each argument, at most. */
    private static final int COPIES = 3;

    private final Budget budget;
    private final CancelToken cancel;

    public ReferenceLinearAlgebra() {
        this(new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE));
    }

    private ReferenceLinearAlgebra(Resources resources) {
        this.budget = resources.budget();
        this.cancel = resources.cancel();
    }

    @Override
    public final String name() {
        return "reference";
    }

    @Override
    public final int ranking() {
        return -100;
    }

    @Override
    public final LinearAlgebra with(Resources resources) {
        return new ReferenceLinearAlgebra(resources);
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
        counted(
                () -> {
                    for (int k = 0; k < batch; k++) {
                        Matrix left = turned(part(a, batch, k), transposeA);
                        Matrix right = turned(part(b, batch, k), transposeB);
                        multiplyInto(alpha, left, right, beta, part(c, batch, k));
                    }
                    return null;
                },
                a,
                b,
                c);
    }

    @Override
    public final void syrk(double alpha, Array a, boolean transpose, double beta, Array c) {
        LinearAlgebraCheck.syrk(a, transpose, c);
        counted(
                () -> {
                    mirror(c);
                    Matrix left = turned(a, transpose);
                    multiplyInto(alpha, left, left.transposed(), beta, c);
                    return null;
                },
                a,
                c);
    }

    private static void mirror(Array c) {
        for (int i = 0; i < c.rows(); i++) {
            for (int j = i + 1; j < c.width(); j++) {
                c.set((long) i * c.width() + j, c.get((long) j * c.width() + i));
            }
        }
    }

    private static Matrix turned(Array a, boolean transpose) {
        return transpose ? Matrix.of(a).transposed() : Matrix.of(a);
    }

    /** β = 0 overwrites, as in BLAS, whatever C held. */
    private void multiplyInto(double alpha, Matrix left, Matrix right, double beta, Array c) {
        Matrix product = left.times(right, cancel);
        for (int i = 0; i < product.rows; i++) {
            for (int j = 0; j < product.columns; j++) {
                long at = (long) i * product.columns + j;
                double before = beta == 0 ? 0 : beta * c.get(at);
                c.set(at, alpha * product.get(i, j) + before);
            }
        }
    }

    @Override
    public final void trsmBatched(
            int batch, Side side, Triangle triangle, boolean transpose, Array t, Array b) {
        LinearAlgebraCheck.trsm(batch, side, t, b);
        counted(
                () -> {
                    for (int k = 0; k < batch; k++) {
                        boolean left = side == Side.LEFT;
                        // X·op(T) = B is op(T)ᵀ·Xᵀ = Bᵀ
                        Matrix op = turned(part(t, batch, k), transpose == left);
                        Matrix x = turned(part(b, batch, k), !left);
                        substitute(op, (triangle == Triangle.LOWER) != (transpose == left), x);
                        (left ? x : x.transposed()).store(part(b, batch, k));
                    }
                    return null;
                },
                t,
                b);
    }

    private void substitute(Matrix t, boolean lower, Matrix x) {
        int n = t.rows;
        for (int step = 0; step < n; step++) {
            cancel.check();
            int i = lower ? step : n - 1 - step;
            for (int r = 0; r < x.columns; r++) {
                double sum = x.get(i, r);
                for (int k = lower ? 0 : i + 1; k < (lower ? i : n); k++) {
                    sum -= t.get(i, k) * x.get(k, r);
                }
                x.set(i, r, sum / t.get(i, i));
            }
        }
    }

    @Override
    public final int[] potrfBatched(int batch, Array a) {
        LinearAlgebraCheck.square("potrf", batch, a);
        return counted(
                () -> {
                    var infos = new int[batch];
                    for (int k = 0; k < batch && a.rows() > 0; k++) {
                        Matrix l = Matrix.of(part(a, batch, k));
                        infos[k] = Cholesky.factor(l, cancel);
                        l.store(part(a, batch, k));
                    }
                    return infos;
                },
                a);
    }

    @Override
    public final int pstrf(Array a, int[] pivots, double tolerance) {
        LinearAlgebraCheck.pivots("pstrf", a, pivots);
        return counted(
                () -> {
                    Matrix l = Matrix.of(a);
                    double largest = 0;
                    for (int i = 0; i < l.rows; i++) {
                        largest = Math.max(largest, l.get(i, i));
                    }
                    double least = tolerance < 0 ? l.rows * unit(a) * largest : tolerance;
                    int rank = Cholesky.pivoted(l, pivots, least, cancel);
                    l.store(a);
                    return rank;
                },
                a);
    }

    private static double unit(Array a) {
        return a.type() == ElementType.F32 ? Math.ulp(1f) : Math.ulp(1.0);
    }

    @Override
    public final int sytrf(Array a, int[] pivots) {
        LinearAlgebraCheck.pivots("sytrf", a, pivots);
        return counted(
                () -> {
                    Matrix factor = Matrix.of(a);
                    int info = Indefinite.factor(factor, pivots, cancel);
                    factor.store(a);
                    return info;
                },
                a);
    }

    @Override
    public final void sytrs(Array factor, int[] pivots, Array b) {
        LinearAlgebraCheck.sytrs(factor, pivots, b);
        counted(
                () -> {
                    Matrix x = Matrix.of(b);
                    Indefinite.solve(Matrix.of(factor), pivots, x);
                    x.store(b);
                    return null;
                },
                factor,
                b);
    }

    @Override
    public final void geqrf(Array a, Array tau) {
        LinearAlgebraCheck.geqrf(a, tau);
        reflect(a, tau, null);
    }

    @Override
    public final void geqp3(Array a, Array tau, int[] pivots) {
        LinearAlgebraCheck.geqp3(a, tau, pivots);
        reflect(a, tau, pivots);
    }

    private void reflect(Array a, Array tau, int[] pivots) {
        counted(
                () -> {
                    Matrix factor = Matrix.of(a);
                    double[] scales = Householder.factor(factor, pivots, cancel);
                    factor.store(a);
                    for (int k = 0; k < scales.length; k++) {
                        tau.set(k, scales[k]);
                    }
                    return null;
                },
                a);
    }

    @Override
    public final void ormqr(boolean transpose, Array factor, Array tau, Array c) {
        LinearAlgebraCheck.ormqr(factor, tau, c);
        counted(
                () -> {
                    Matrix product = Matrix.of(c);
                    Householder.multiply(transpose, Matrix.of(factor), Matrix.of(tau), product);
                    product.store(c);
                    return null;
                },
                factor,
                c);
    }

    @Override
    public final void symmetricEigen(Array a, Array eigenvalues) {
        LinearAlgebraCheck.symmetricEigen(a, eigenvalues);
        counted(
                () -> {
                    Matrix matrix = Matrix.of(a);
                    matrix.mirrorLower();
                    finite("symmetricEigen", matrix);
                    Matrix vectors = Jacobi.diagonalise(matrix, cancel);
                    int[] ascending = matrix.diagonalAscending();
                    for (int k = 0; k < ascending.length; k++) {
                        eigenvalues.set(k, matrix.get(ascending[k], ascending[k]));
                    }
                    vectors.columns(ascending).store(a);
                    return null;
                },
                a);
    }

    @Override
    public final void svd(Array a, Array u, Array s, Array v) {
        LinearAlgebraCheck.svd(a, u, s, v);
        counted(
                () -> {
                    boolean wide = a.rows() < a.width();
                    Matrix tall = finite("svd", turned(a, wide));
                    var factors = Jacobi.singular(tall, cancel);
                    for (int j = 0; j < s.rows(); j++) {
                        s.set(j, factors.values()[j]);
                    }
                    factors.left().store(wide ? v : u);
                    factors.right().store(wide ? u : v);
                    return null;
                },
                a);
    }

    private static Matrix finite(String call, Matrix matrix) {
        if (!matrix.isFinite()) {
            throw new ArithmeticException(
                    call + ": the matrix holds NaN or infinity; look for where they come from");
        }
        return matrix;
    }

    /** One of the matrices that lie below each other. */
    private static Array part(Array all, int batch, int k) {
        long rows = all.rows() / batch;
        long bytes = rows * all.width() * all.type().bytes();
        return new Array(all.type(), rows, all.width(), all.data().asSlice(k * bytes, bytes));
    }

    private <T> T counted(Supplier<T> call, Array... arguments) {
        long bytes = 0;
        for (Array argument : arguments) {
            bytes += COPIES * Double.BYTES * argument.elements();
        }
        budget.take(bytes, "linear algebra of the reference");
        try {
            return call.get();
        } finally {
            budget.release(bytes);
        }
    }
}
