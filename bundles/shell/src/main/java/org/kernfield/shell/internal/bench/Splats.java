package org.kernfield.shell.internal.bench;

import org.kernfield.backend.Args;
import org.kernfield.backend.Compositing;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Vec;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Random splats laid over each other, every one of them visible: opacities from 0.05 to 0.95,
 * deviations log-normal, 0.4 about the median.
 */
final class Splats implements Workload {
    private static final int WIDTH = 1_280;
    private static final int HEIGHT = 720;
    private static final double SPREAD = 0.4;

    /** Of the largest opacity that is skipped, as the compositing's constants say. */
    static final double LEAST = 255;

    private static final Set<String> TRAINED = Set.of("centre", "conic", "opacity", "colour");

    @Override
    public String name() {
        return "composite";
    }

    @Override
    public String about() {
        return "100,000 and 1,000,000 splats in 1280 × 720 pixels";
    }

    @Override
    public void measure(Bench bench, Consumer<Figure> found) {
        measure(bench, "composite 100,000 splats, forward", 100_000, 3.8, false, found);
        measure(bench, "composite 100,000 splats, forward + backward", 100_000, 3.8, true, found);
        measure(bench, "composite 1,000,000 splats, forward", 1_000_000, 1.7, false, found);
    }

    private static void measure(
            Bench bench,
            String name,
            int n,
            double deviation,
            boolean back,
            Consumer<Figure> found) {
        bench.figure(
                name,
                "frames/s",
                session -> scene(session, n, deviation, back),
                seconds -> Figure.of(name, 1 / seconds, "frames/s"),
                found);
    }

    private static Runnable scene(Session session, int n, double deviation, boolean back) {
        var composite =
                Reduction.composite(
                        splat(), Neighbourhood.TILES, new Compositing("alpha", "depth"));
        var args = splats(session, n, deviation);
        var image = Bench.outputs(session, composite, args);
        Runnable forward = () -> session.run(composite, args, image);
        if (!back) {
            return forward;
        }
        int pixels = WIDTH * HEIGHT;
        var all =
                args.with("painted", image.get("painted"))
                        .with(Compositing.TRANSMITTANCE, image.get(Compositing.TRANSMITTANCE))
                        .with(
                                "d_painted",
                                Bench.upload(
                                        session, 3, Gaussians.uniform(5, 3 * pixels, -0.5, 0.5)))
                        .with(
                                "d_" + Compositing.TRANSMITTANCE,
                                Bench.upload(session, 1, new double[pixels]));
        Runnable backward = Bench.run(session, composite.vjp(TRAINED).getFirst(), all);
        return () -> {
            forward.run();
            backward.run();
        };
    }

    /** α = o·exp(−½(a·dx² + 2b·dx·dy + c·dy²)), visible where it is at least 1/255. */
    static Kernel splat() {
        var k = Kernel.build("splat");
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Vec conic = k.param("conic", 3);
        Vec half = k.param("half", 2);
        var opacity = k.param("opacity");
        Vec colour = k.param("colour", 3);
        k.param("depth");
        Vec d = x.minus(centre);
        var power =
                conic.get(0)
                        .times(d.x().square())
                        .plus(conic.get(2).times(d.y().square()))
                        .times(-0.5)
                        .minus(conic.get(1).times(d.x()).times(d.y()));
        k.output("alpha", opacity.times(power.exp()));
        k.output("painted", colour);
        k.support("x", centre.minus(half), centre.plus(half));
        return k.done();
    }

    private static Args splats(Session session, int n, double deviation) {
        var random = new SplittableRandom(1);
        var centre = new double[2 * n];
        var conic = new double[3 * n];
        var half = new double[2 * n];
        var opacity = new double[n];
        for (int j = 0; j < n; j++) {
            double across = deviation * Math.exp(SPREAD * random.nextGaussian());
            double along = deviation * Math.exp(SPREAD * random.nextGaussian());
            double angle = random.nextDouble(Math.PI);
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            double a = across * across;
            double b = along * along;
            // covariance [[xx, xy], [xy, yy]] and its inverse
            double xx = c * c * a + s * s * b;
            double yy = s * s * a + c * c * b;
            double xy = c * s * (a - b);
            conic[3 * j] = yy / (a * b);
            conic[3 * j + 1] = -xy / (a * b);
            conic[3 * j + 2] = xx / (a * b);
            opacity[j] = random.nextDouble(0.05, 0.95);
            // α falls to 1/255 where the quadratic form reaches this
            double reach = 2 * Math.log(LEAST * opacity[j]);
            half[2 * j] = Math.sqrt(reach * xx);
            half[2 * j + 1] = Math.sqrt(reach * yy);
            centre[2 * j] = random.nextDouble(WIDTH);
            centre[2 * j + 1] = random.nextDouble(HEIGHT);
        }
        return Args.raster("x", WIDTH, HEIGHT)
                .with("centre", Bench.upload(session, 2, centre))
                .with("conic", Bench.upload(session, 3, conic))
                .with("half", Bench.upload(session, 2, half))
                .with("opacity", Bench.upload(session, 1, opacity))
                .with("colour", Bench.upload(session, 3, Gaussians.uniform(2, 3 * n, 0, 1)))
                .with("depth", Bench.upload(session, 1, Gaussians.uniform(3, n, 2, 6)));
    }
}
