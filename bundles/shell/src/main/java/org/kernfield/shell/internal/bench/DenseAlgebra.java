package org.kernfield.shell.internal.bench;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.engine.FieldUnavailable;

import java.util.function.Consumer;

/** Products and Cholesky factors of float64 matrices. */
final class DenseAlgebra implements Workload {
    private static final String UNIT = "GFLOP/s";
    private static final int SMALL = 2_000;
    private static final int LARGE = 4_000;

    @Override
    public String name() {
        return "algebra";
    }

    @Override
    public String about() {
        return "products and Cholesky factors of 2,000 and 4,000 rows, float64";
    }

    @Override
    public void measure(Bench bench, Consumer<Figure> found) {
        try {
            measured(bench, found);
        } catch (FieldUnavailable e) {
            found.accept(Figure.missing("linear algebra", UNIT, e.getMessage()));
        }
    }

    private static void measured(Bench bench, Consumer<Figure> found) {
        Double limit = bench.limits().map(l -> 2e-9 * l.fma64()).orElse(null);
        Array a = matrix(SMALL, 1);
        Array b = matrix(SMALL, 2);
        Array c = Array.zeros(ElementType.F64, SMALL, SMALL);
        double seconds = Bench.seconds(() -> bench.algebra().gemm(1, a, false, b, false, 0, c));
        found.accept(Figure.of("gemm, 2,000 rows", 2e-9 * cube(SMALL) / seconds, UNIT, limit));
        cholesky(bench, "Cholesky, 2,000 rows", SMALL, limit, found);
        cholesky(bench, "Cholesky, 4,000 rows", LARGE, limit, found);
    }

    private static void cholesky(
            Bench bench, String name, int n, Double limit, Consumer<Figure> found) {
        Array matrix = matrix(n, 3);
        for (int i = 0; i < n; i++) {
            // far above the other numbers of its row: positive definite
            matrix.set((long) i * n + i, n);
        }
        Array factor = Array.zeros(ElementType.F64, n, n);
        double copying = Bench.seconds(() -> copy(matrix, factor));
        double seconds =
                Bench.seconds(
                        () -> {
                            copy(matrix, factor);
                            bench.algebra().potrf(factor);
                        });
        found.accept(Figure.of(name, 1e-9 / 3 * cube(n) / (seconds - copying), UNIT, limit));
    }

    private static void copy(Array from, Array to) {
        to.data().copyFrom(from.data());
    }

    private static double cube(double n) {
        return n * n * n;
    }

    private static Array matrix(int n, long seed) {
        return Array.of(n, Gaussians.uniform(seed, n * n, -0.5, 0.5));
    }
}
