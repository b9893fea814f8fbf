package org.kernfield.testkit;

import org.kernfield.backend.Compositing;
import org.kernfield.backend.Neighbourhood.Grid;
import org.kernfield.backend.Neighbourhood.Offset;
import org.kernfield.backend.Neighbourhood.Stencil;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Slot;
import org.kernfield.kernel.Vec;

import java.util.List;
import java.util.SplittableRandom;

/** Kernels that read numbers of a pair, mixtures, feature grids, convolutions and splats. */
public final class NeighbourKernels {
    private static final double CUT = 9;

    private NeighbourKernels() {}

    /** Reads two numbers of each pair. */
    public static SampleKernel edges() {
        var k = Kernel.build("edges");
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Vec edge = k.pair("edge", 2);
        Expr near = x.minus(centre).squaredNorm().times(k.uniform("scale")).times(-0.01).exp();
        k.output("carried", edge.times(near));
        k.output("force", edge.x().plus(near.times(edge.y()).tanh()));
        return new SampleKernel(k.done(), SampleKernels::number, true);
    }

    /** Log densities of a mixture, −∞ beyond three widths; one output, or a second of width 2. */
    public static SampleKernel mixture(boolean several) {
        var k = Kernel.build(several ? "mixtures" : "mixture");
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Expr width = k.param("width").times(2);
        Vec logWeight = k.param("logWeight", 3);
        Expr s = x.minus(centre).squaredNorm().dividedBy(width.square());
        Expr none = Expr.of(Double.NEGATIVE_INFINITY);
        var inside = s.lessThan(Expr.of(CUT));
        k.output("density", inside.select(logWeight.x().minus(s.times(0.5)), none));
        if (several) {
            k.output(
                    "others",
                    logWeight.slice(1, 3).map(w -> inside.select(w.times(3).minus(s), none)));
        }
        Vec half = Vec.of(width, width).times(Math.sqrt(CUT));
        k.support("x", centre.minus(half), centre.plus(half));
        return new SampleKernel(k.done(), SampleKernels::number, true);
    }

    /** Minus the weighted squared distance. */
    public static SampleKernel nearest() {
        var k = Kernel.build("nearest");
        Vec d = k.input("x", 2).minus(k.param("centre", 2));
        Expr width = k.param("width");
        k.output("closeness", d.squaredNorm().times(k.uniform("scale")).dividedBy(width).negate());
        return new SampleKernel(k.done(), SampleKernels::number, true);
    }

    /** Two features a corner, interpolated linearly along each of {@code d} coordinates. */
    public static SampleKernel interpolated(int d) {
        var k = Kernel.build("interpolated" + d);
        Vec u = k.input("u", d);
        Vec corner = k.pair("corner", d);
        Vec features = k.param("features", 2);
        Expr weight = k.uniform("scale");
        for (int c = 0; c < d; c++) {
            Expr away = u.get(c).times(RESOLUTION).minus(corner.get(c)).abs();
            weight = weight.times(Expr.of(1).minus(away));
        }
        k.output("features", features.times(weight));
        return new SampleKernel(k.done(), NeighbourKernels::number, true);
    }

    private static final double RESOLUTION = 3.75;

    /** The cells of {@link #interpolated}. */
    public static Grid grid() {
        return new Grid("u", "corner", RESOLUTION);
    }

    /** A Gaussian window over three channels. */
    public static SampleKernel convolved() {
        var k = Kernel.build("convolved");
        Vec x = k.input("x", 2);
        Vec signal = k.param("signal", 3);
        Vec offset = k.pair("offset", 2);
        Expr window = offset.squaredNorm().times(k.uniform("scale")).times(-0.3).exp();
        k.output("blurred", signal.times(window));
        k.output("slanted", signal.x().times(x.x().times(0.01).plus(offset.y())));
        return new SampleKernel(k.done(), SampleKernels::number, true);
    }

    /** A disc, an offset that leaves small rasters, and the pixel itself. */
    public static Stencil stencil() {
        return new Stencil(
                "offset",
                List.of(
                        new Offset(0, 0),
                        new Offset(1, 0),
                        new Offset(-1, 0),
                        new Offset(0, -1),
                        new Offset(0, 1),
                        new Offset(2, -2),
                        new Offset(-39, 3)));
    }

    /** Differences to the right and down, of a formula that reads no offset. */
    public static SampleKernel neighbours() {
        var k = Kernel.build("neighbours");
        Expr own = k.input("own");
        Expr other = k.param("other");
        k.output("difference", other.minus(own).square());
        return new SampleKernel(k.done(), SampleKernels::number, true);
    }

    /** The pixel's own number and its neighbour's, each weighed by the offset. */
    public static SampleKernel weighed() {
        var k = Kernel.build("weighed");
        Expr window = k.pair("offset", 2).squaredNorm().times(-0.3).exp();
        k.output("kept", k.input("own").times(window));
        k.output("carried", k.param("other").times(window));
        return new SampleKernel(k.done(), SampleKernels::number, true);
    }

    /** Right and down. */
    public static Stencil forward() {
        return new Stencil(null, List.of(new Offset(1, 0), new Offset(0, 1)));
    }

    /**
     * Elliptical splats of three colours and a number, cut where α falls below 1/255 of their
     * opacity; some above the largest opacity, some off the raster, depths of which many are equal.
     */
    public static SampleKernel splats() {
        return splats("splats", "x");
    }

    /** As {@link #splats}, about the place that each pixel is mapped to, which the boxes bound. */
    public static SampleKernel mappedSplats() {
        return splats("mappedSplats", "place");
    }

    private static SampleKernel splats(String name, String slot) {
        var k = Kernel.build(name);
        Vec x = k.input(slot, 2);
        Vec centre = k.param("centre", 2);
        Vec shape = k.param("shape", 3);
        Expr opacity = k.param("opacity");
        Vec colour = k.param("colour", 3);
        k.param("depth");
        Vec d = x.minus(centre);
        Expr u = shape.x().times(d.x());
        Expr v = shape.z().times(d.y()).plus(shape.y().times(d.x()));
        Expr s = u.square().plus(v.square());
        Expr alpha = opacity.times(s.times(-0.5).exp());
        k.output("seen", colour);
        k.output("alpha", s.lessThan(Expr.of(11)).select(alpha, 0));
        k.output("nearness", s.times(0.1).plus(colour.x()));
        Expr skew = shape.y().dividedBy(shape.x()).square().plus(1);
        Expr r = Expr.of(Math.sqrt(11));
        Vec half = Vec.of(r.dividedBy(shape.x()), r.times(skew.sqrt()).dividedBy(shape.z()));
        k.support(slot, centre.minus(half), centre.plus(half));
        return new SampleKernel(k.done(), NeighbourKernels::number, true);
    }

    /** How {@link #splats} lie over each other. */
    public static Compositing compositing() {
        return new Compositing("alpha", "depth");
    }

    private static double number(Slot slot, int component, SplittableRandom random) {
        return switch (slot.name()) {
            case "u" -> random.nextDouble(-0.1, 1.1);
            case "centre" -> random.nextDouble(-20, component == 0 ? 84 : 68);
            case "opacity" -> random.nextInt(8) == 0 ? 1.3 : random.nextDouble(0, 1);
            case "depth" -> random.nextInt(40) * 0.25;
            default -> SampleKernels.number(slot, component, random);
        };
    }
}
