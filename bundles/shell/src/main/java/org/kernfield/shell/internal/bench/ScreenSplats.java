package org.kernfield.shell.internal.bench;

import org.kernfield.backend.Args;
import org.kernfield.backend.Compositing;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Mat;
import org.kernfield.kernel.Vec;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Splats in space brought onto the screen: projected by a map, sorted by depth and listed for the
 * tiles that they meet. The nearest ones cover the whole picture and let nothing through, so that
 * hardly any time goes to what comes after.
 */
final class ScreenSplats implements Workload {
    private static final int WIDTH = 1_280;
    private static final int HEIGHT = 720;
    private static final int SPLATS = 1_000_000;

    /** In front of the others, 0.99 opaque each. */
    private static final int WALL = 4;

    /** Focal length in pixels. */
    private static final double FOCAL = 1_000;

    /** Median deviation on the screen, in pixels, and its logarithm's own. */
    private static final double DEVIATION = 1.7;

    private static final double SPREAD = 0.4;

    /** Until the projection is compiled, which runs in blocks before. */
    private static final double WARM_SECONDS = 5;

    @Override
    public String name() {
        return "project";
    }

    @Override
    public String about() {
        return "1,000,000 splats projected, sorted and listed for tiles of 1280 × 720 pixels";
    }

    @Override
    public void measure(Bench bench, Consumer<Figure> found) {
        String name = "1,000,000 splats: project + sort + bin";
        bench.figure(
                name,
                "ms",
                WARM_SECONDS,
                ScreenSplats::run,
                seconds -> Figure.of(name, 1e3 * seconds, "ms"),
                found);
    }

    private static Runnable run(Session session) {
        var project = Reduction.map(projection());
        var space = space(session);
        var screen = Bench.outputs(session, project, space);
        var composite =
                Reduction.composite(
                        Splats.splat(), Neighbourhood.TILES, new Compositing("alpha", "depth"));
        var args = Args.raster("x", WIDTH, HEIGHT);
        for (String name : new String[] {"centre", "conic", "half", "depth"}) {
            args = args.with(name, screen.get(name));
        }
        args =
                args.with("opacity", space.buffers().get("opacity"))
                        .with(
                                "colour",
                                Bench.upload(session, 3, Gaussians.uniform(2, 3 * SPLATS, 0, 1)));
        Runnable draw = Bench.run(session, composite, args);
        return () -> {
            session.run(project, space, screen);
            draw.run();
        };
    }

    /** A pinhole at the origin that looks along z; M. Zwicker and others, EWA splatting (2002). */
    private static Kernel projection() {
        var k = Kernel.build("project");
        Vec mean = k.input("mean", 3);
        Vec scale = k.input("scale", 3).map(Expr::exp);
        Mat turned = Mat.rotation(k.input("rotation", 4).normalised());
        Expr opacity = k.input("opacity");
        Expr near = Expr.of(FOCAL).dividedBy(mean.z());
        Expr x = mean.x().times(near);
        Expr y = mean.y().times(near);
        // J·R·S, J the derivative of the projection: [f/z, 0, −x/z], [0, f/z, −y/z]
        Expr back = Expr.of(1).dividedBy(mean.z());
        Vec across = row(turned, 0, near, x.times(back), scale);
        Vec down = row(turned, 1, near, y.times(back), scale);
        Expr xx = across.squaredNorm();
        Expr xy = across.dot(down);
        Expr yy = down.squaredNorm();
        Expr determinant = xx.times(yy).minus(xy.square());
        k.output("centre", Vec.of(x.plus(WIDTH / 2.0), y.plus(HEIGHT / 2.0)));
        k.output("conic", Vec.of(yy, xy.negate(), xx).map(c -> c.dividedBy(determinant)));
        Expr reach = opacity.times(Splats.LEAST).log().times(2);
        k.output("half", Vec.of(xx, yy).map(v -> v.times(reach).sqrt()));
        k.output("depth", mean.z());
        return k.done();
    }

    private static Vec row(Mat turned, int axis, Expr near, Expr slant, Vec scale) {
        return turned.row(axis).times(near).minus(turned.row(2).times(slant)).times(scale);
    }

    private static Args space(Session session) {
        var random = new SplittableRandom(1);
        var mean = new double[3 * SPLATS];
        var scale = new double[3 * SPLATS];
        var opacity = new double[SPLATS];
        for (int j = 0; j < SPLATS; j++) {
            boolean isWall = j < WALL;
            double z = isWall ? 1 : random.nextDouble(2, 6);
            mean[3 * j] = isWall ? 0 : (random.nextDouble(WIDTH) - WIDTH / 2.0) * z / FOCAL;
            mean[3 * j + 1] = isWall ? 0 : (random.nextDouble(HEIGHT) - HEIGHT / 2.0) * z / FOCAL;
            mean[3 * j + 2] = z;
            opacity[j] = isWall ? 0.99 : random.nextDouble(0.05, 0.95);
            for (int c = 0; c < 3; c++) {
                double size = DEVIATION * Math.exp(SPREAD * random.nextGaussian()) * z / FOCAL;
                scale[3 * j + c] = Math.log(isWall ? 1_000 : size);
            }
        }
        return Args.rows(SPLATS)
                .with("mean", Bench.upload(session, 3, mean))
                .with("scale", Bench.upload(session, 3, scale))
                .with("rotation", Bench.upload(session, 4, Gaussians.uniform(4, 4 * SPLATS, -1, 1)))
                .with("opacity", Bench.upload(session, 1, opacity));
    }
}
