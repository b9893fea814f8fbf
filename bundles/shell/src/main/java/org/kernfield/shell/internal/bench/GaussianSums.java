package org.kernfield.shell.internal.bench;

import org.kernfield.backend.Args;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;

import java.util.function.Consumer;

/** y_i = Σ_j exp(−|x_i − p_j|²/2ℓ²)·w_j over all pairs. */
final class GaussianSums implements Workload {
    private static final String UNIT = "10⁹ pairs/s";
    private static final int POINTS = 20_480;
    private static final int COLUMNS = 4;
    private static final int POINTS_784 = 4_096;

    /** Multiplying operations of a pair in float64: 3 for the distance, degree 10, the weight. */
    private static final int MULTIPLICATIONS_64 = 14;

    private static final int OTHERS_64 = 9;

    @Override
    public String name() {
        return "matvec";
    }

    @Override
    public String about() {
        return "sums of Gaussians over all pairs of 20,480 points";
    }

    @Override
    public void measure(Bench bench, Consumer<Figure> found) {
        measure(bench, "d=3", 3, POINTS, 0.2, found);
        symmetric(bench, found);
        columns(bench, found);
        measure64(bench, found);
        measure(bench, "d=8", 8, POINTS, 0.5, found);
        measure(bench, "d=64", 64, POINTS, 1.5, found);
        measure(bench, "d=784", 784, POINTS_784, 5, found);
    }

    private static void measure(
            Bench bench,
            String what,
            int dimensions,
            int n,
            double lengthscale,
            Consumer<Figure> found) {
        Double limit =
                bench.limits()
                        .map(
                                l ->
                                        1e-9
                                                * l.rate32(
                                                        Gaussians.multiplications(dimensions),
                                                        Gaussians.others(dimensions)))
                        .orElse(null);
        String name = "Gaussian sum " + what;
        Kernel kernel = Gaussians.kernel(dimensions, lengthscale, Precision.F32);
        bench.figure(
                name,
                UNIT,
                session ->
                        sum(
                                session,
                                Reduction.sum(kernel, Neighbourhood.ALL),
                                dimensions,
                                n,
                                ElementType.F32),
                seconds -> Figure.of(name, 1e-9 * n * n / seconds, UNIT, limit),
                found);
    }

    private static void symmetric(Bench bench, Consumer<Figure> found) {
        String name = "Gaussian sum d=3, sources = queries";
        Kernel kernel = Gaussians.kernel(3, 0.2, Precision.F32);
        // half the pairs, each with one more multiply-add
        Double limit = bench.limits().map(l -> 2e-9 * l.rate32(10, 9)).orElse(null);
        bench.figure(
                name,
                UNIT,
                session -> {
                    var points =
                            Bench.upload(session, 3, Gaussians.uniform(1, 3 * POINTS, -0.5, 0.5));
                    var args =
                            Args.rows(POINTS)
                                    .with("x", points)
                                    .with("p", points)
                                    .with(
                                            Kernel.WEIGHT,
                                            Bench.upload(
                                                    session,
                                                    1,
                                                    Gaussians.uniform(3, POINTS, -0.5, 0.5)));
                    return Bench.run(session, Reduction.symmetricSum(kernel), args);
                },
                seconds -> Figure.of(name, 1e-9 * POINTS * POINTS / seconds, UNIT, limit),
                found);
    }

    private static void columns(Bench bench, Consumer<Figure> found) {
        String name = "Gaussian sum d=3, %d columns".formatted(COLUMNS);
        Kernel kernel = Gaussians.kernel(3, 0.2, Precision.F32, COLUMNS);
        int multiplications = Gaussians.multiplications(3) + COLUMNS - 1;
        Double limit =
                bench.limits()
                        .map(l -> 1e-9 * l.rate32(multiplications, Gaussians.others(3)))
                        .orElse(null);
        bench.figure(
                name,
                UNIT,
                session ->
                        sum(
                                session,
                                Reduction.sum(kernel, Neighbourhood.ALL),
                                3,
                                POINTS,
                                ElementType.F32,
                                COLUMNS),
                seconds -> Figure.of(name, 1e-9 * POINTS * POINTS / seconds, UNIT, limit),
                found);
    }

    private static void measure64(Bench bench, Consumer<Figure> found) {
        String name = "Gaussian sum d=3, float64";
        Kernel kernel = Gaussians.kernel(3, 0.2, Precision.F64);
        Double limit =
                bench.limits()
                        .map(l -> 1e-9 * l.rate64(MULTIPLICATIONS_64, OTHERS_64))
                        .orElse(null);
        bench.figure(
                name,
                UNIT,
                session ->
                        sum(
                                session,
                                Reduction.sum(kernel, Neighbourhood.ALL),
                                3,
                                POINTS,
                                ElementType.F64),
                seconds -> Figure.of(name, 1e-9 * POINTS * POINTS / seconds, UNIT, limit),
                found);
    }

    private static Runnable sum(
            Session session, Reduction reduction, int dimensions, int n, ElementType type) {
        return sum(session, reduction, dimensions, n, type, 1);
    }

    private static Runnable sum(
            Session session,
            Reduction reduction,
            int dimensions,
            int n,
            ElementType type,
            int columns) {
        double[] x = Gaussians.uniform(1, dimensions * n, -0.5, 0.5);
        double[] p = Gaussians.uniform(2, dimensions * n, -0.5, 0.5);
        double[] w = Gaussians.uniform(3, columns * n, -0.5, 0.5);
        var args =
                Args.rows(n)
                        .with("x", Bench.upload(session, type, dimensions, x))
                        .with("p", Bench.upload(session, type, dimensions, p))
                        .with(Kernel.WEIGHT, Bench.upload(session, type, columns, w));
        return Bench.run(session, reduction, args);
    }
}
