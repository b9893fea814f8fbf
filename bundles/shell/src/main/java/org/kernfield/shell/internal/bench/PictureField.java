package org.kernfield.shell.internal.bench;

import org.kernfield.backend.Args;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;

import java.util.Comparator;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A picture as a sum of 100,000 Gaussians cut off at three deviations, and its gradient. They come
 * cell by cell, as fits keep theirs, and once as they fall.
 */
final class PictureField implements Workload {
    private static final int SIDE = 1_000;
    private static final int KERNELS = 100_000;
    private static final double CUT = 3;

    /** Rows and columns of a cell, pixels. */
    private static final int CELL = 16;

    /** Until maps over the Gaussians are compiled too, which run in blocks before. */
    private static final double WARM_SECONDS = 5;

    @Override
    public String name() {
        return "rbf";
    }

    @Override
    public String about() {
        return "a picture of 1 megapixel as 100,000 Gaussians in three colours";
    }

    @Override
    public void measure(Bench bench, Consumer<Figure> found) {
        measure(bench, "RBF field, forward", true, false, found);
        measure(bench, "RBF field, forward + backward", true, true, found);
        measure(bench, "RBF field, in no order, forward", false, false, found);
        measure(bench, "RBF field, in no order, both", false, true, found);
    }

    private static void measure(
            Bench bench, String name, boolean inOrder, boolean back, Consumer<Figure> found) {
        bench.figure(
                name,
                "Mpx/s",
                WARM_SECONDS,
                session -> field(session, inOrder, back),
                seconds -> Figure.of(name, 1e-6 * SIDE * SIDE / seconds, "Mpx/s"),
                found);
    }

    private static Runnable field(Session session, boolean inOrder, boolean back) {
        var sum = Reduction.sum(gaussian().weighted(3), Neighbourhood.TILES);
        var args =
                Args.raster("x", SIDE, SIDE)
                        .with("centre", Bench.upload(session, 2, centres(inOrder)))
                        .with("shape", Bench.upload(session, 3, shapes()))
                        .with(
                                Kernel.WEIGHT,
                                Bench.upload(
                                        session, 3, Gaussians.uniform(2, 3 * KERNELS, -0.5, 0.5)))
                        .with(
                                "d_value",
                                Bench.upload(
                                        session,
                                        3,
                                        Gaussians.uniform(3, 3 * SIDE * SIDE, -0.5, 0.5)));
        Runnable forward = Bench.run(session, sum, args);
        if (!back) {
            return forward;
        }
        var gradient = sum.vjp(Set.of("centre", "shape", Kernel.WEIGHT)).getFirst();
        Runnable backward = Bench.run(session, gradient, args);
        return () -> {
            forward.run();
            backward.run();
        };
    }

    private static double[] centres(boolean inOrder) {
        double[] centres = Gaussians.uniform(1, 2 * KERNELS, 0, SIDE);
        return inOrder
                ? IntStream.range(0, KERNELS)
                        .boxed()
                        .sorted(Comparator.comparingInt(j -> cell(centres, j)))
                        .flatMapToDouble(j -> DoubleStream.of(centres[2 * j], centres[2 * j + 1]))
                        .toArray()
                : centres;
    }

    private static int cell(double[] centres, int j) {
        return (int) centres[2 * j + 1] / CELL * SIDE + (int) centres[2 * j] / CELL;
    }

    /** Logarithms of 1/σ for σ from 1 to 3 pixels, and a skew. */
    private static double[] shapes() {
        var random = new SplittableRandom(4);
        var shapes = new double[3 * KERNELS];
        for (int j = 0; j < KERNELS; j++) {
            shapes[3 * j] = -Math.log(random.nextDouble(1, 3));
            shapes[3 * j + 1] = random.nextDouble(-0.3, 0.3);
            shapes[3 * j + 2] = -Math.log(random.nextDouble(1, 3));
        }
        return shapes;
    }

    /** exp(−s/2) for s = |Lᵀ(x − c)|² ≤ 9, Lᵀ = [[eᵃ, b·eᵃ], [0, eᶜ]], otherwise 0. */
    private static Kernel gaussian() {
        var k = Kernel.build("gaussian");
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Vec shape = k.param("shape", 3);
        Expr across = shape.get(0).exp();
        Expr down = shape.get(2).exp();
        Vec d = x.minus(centre);
        Expr u = d.x().plus(shape.get(1).times(d.y())).times(across);
        Expr s = u.square().plus(down.times(d.y()).square());
        Expr value = s.radial(new RadialProfile.Gaussian());
        k.output("value", s.atMost(Expr.of(CUT * CUT)).select(value, 0));
        Expr slope = shape.get(1).dividedBy(down);
        Expr narrow = Expr.of(1).dividedBy(across);
        Vec half =
                Vec.of(
                        narrow.square().plus(slope.square()).sqrt().times(CUT),
                        Expr.of(CUT).dividedBy(down));
        k.support("x", centre.minus(half), centre.plus(half));
        return k.done();
    }
}
