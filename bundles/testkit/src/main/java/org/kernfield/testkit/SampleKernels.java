package org.kernfield.testkit;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Slot;
import org.kernfield.kernel.Vec;

import java.util.List;
import java.util.SplittableRandom;

/** Kernels as representations write them, and some that nobody would, over a 64 × 48 plane. */
public final class SampleKernels {
    private static final double CUT = 9;

    private SampleKernels() {}

    /** All kernels over pairs; their input {@code x} of width 2 may be a raster. */
    public static List<SampleKernel> ofPairs() {
        return List.of(
                gaussian(),
                anisotropic(),
                wendland(2),
                wendland(4),
                payload(),
                several(),
                contracted(),
                everyOp());
    }

    /** An isotropic Gaussian cut off at three widths. */
    public static SampleKernel gaussian() {
        var k = Kernel.build("gaussian");
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Vec d = x.minus(centre);
        Expr width = k.param("width");
        Expr amplitude = k.param("amplitude");
        Expr s = d.squaredNorm().dividedBy(width.square());
        Expr value = s.radial(new RadialProfile.Gaussian()).times(amplitude);
        k.output("value", s.lessThan(Expr.of(CUT)).select(value, 0));
        box(k, centre, width.times(Math.sqrt(CUT)), width.times(Math.sqrt(CUT)));
        return new SampleKernel(k.done(), SampleKernels::number, false);
    }

    /** A Gaussian about the place that each query is mapped to, which its box bounds. */
    public static SampleKernel mapped() {
        var k = Kernel.build("mapped");
        Vec x = k.input("x", 2);
        Vec place = k.input("place", 2);
        Vec centre = k.param("centre", 2);
        Expr width = k.param("width");
        Expr s = place.minus(centre).squaredNorm().dividedBy(width.square());
        Expr value = s.radial(new RadialProfile.Gaussian()).times(x.sum().times(0.01));
        k.output("value", s.lessThan(Expr.of(CUT)).select(value, 0));
        Vec half = Vec.of(width, width).times(Math.sqrt(CUT));
        k.support("place", centre.minus(half), centre.plus(half));
        return new SampleKernel(k.done(), SampleKernels::number, true);
    }

    /** A Gaussian of two rows of one set. */
    public static SampleKernel squaredExponential() {
        var k = Kernel.build("squaredExponential");
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Expr s = x.minus(centre).squaredNorm().times(0.02);
        k.output("value", s.radial(new RadialProfile.Gaussian()));
        return new SampleKernel(k.done(), SampleKernels::number, false);
    }

    /** |L (x − μ)|² with a lower triangular L, cut off, three colours. */
    public static SampleKernel anisotropic() {
        var k = Kernel.build("anisotropic");
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Vec d = x.minus(centre);
        Vec shape = k.param("shape", 3);
        Vec colour = k.param("colour", 3);
        Expr u = shape.x().times(d.x());
        Expr v = shape.z().times(d.y()).plus(shape.y().times(d.x()));
        Expr s = u.square().plus(v.square());
        Expr value = s.radial(new RadialProfile.Gaussian());
        var inside = s.lessThan(Expr.of(CUT));
        k.output("value", colour.map(c -> inside.select(value.times(c), 0)));
        // half extents of the ellipse: row norms of L⁻¹
        Expr skew = shape.y().dividedBy(shape.x()).square().plus(1);
        Expr r = Expr.of(Math.sqrt(CUT));
        box(k, centre, r.dividedBy(shape.x()), r.times(skew.sqrt()).dividedBy(shape.z()));
        return new SampleKernel(k.done(), SampleKernels::number, false);
    }

    /** A compactly supported polynomial, which is zero outside without being cut. */
    public static SampleKernel wendland(int smoothness) {
        var k = Kernel.build("wendland" + smoothness);
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Vec d = x.minus(centre);
        Expr width = k.param("width").times(3);
        Expr s = d.squaredNorm().dividedBy(width.square());
        k.output("value", s.radial(new RadialProfile.Wendland(smoothness)));
        box(k, centre, width, width);
        return new SampleKernel(k.done(), SampleKernels::number, true);
    }

    /** The isotropic Gaussian with a payload of five columns. */
    public static SampleKernel payload() {
        return new SampleKernel(gaussian().kernel().weighted(5), SampleKernels::number, false);
    }

    /** Outputs of different widths, one of which reads a uniform only. */
    public static SampleKernel several() {
        var k = Kernel.build("several");
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Vec d = x.minus(centre);
        Expr width = k.param("width");
        Expr tilt = k.uniform("tilt");
        Vec ambient = k.uniform("ambient", 2);
        Expr s = d.squaredNorm().dividedBy(width.square());
        Expr value = s.radial(new RadialProfile.Gaussian());
        k.output("density", value);
        k.output("slope", d.times(value.times(tilt)));
        k.output("ambient", ambient);
        return new SampleKernel(k.done(), SampleKernels::number, true);
    }

    /** Contractions over two and over 37 components, one of them scaled. */
    public static SampleKernel contracted() {
        var k = Kernel.build("contracted");
        Vec x = k.input("x", 2);
        Vec p = k.param("p", 2);
        Vec features = k.input("features", 37);
        Vec weights = k.param("weights", 37);
        Vec scale = k.uniform("scale", 2);
        Expr near = x.sqdist(p, scale).times(0.01).radial(new RadialProfile.Gaussian());
        k.output("value", Vec.of(near, features.dot(weights)));
        k.output("far", features.sqdist(weights).times(-0.05).exp().times(near));
        return new SampleKernel(k.done(), SampleKernels::number, true);
    }

    /** Every operation of the language at least once; bounded, so that a sum says something. */
    public static SampleKernel everyOp() {
        var k = Kernel.build("everyOp");
        Vec x = k.input("x", 2);
        Vec p = k.param("p", 2);
        Expr scale = k.uniform("scale");
        everyOp(k, x.minus(p).times(0.0625), p.times(0.0625), scale);
        return new SampleKernel(k.done(), SampleKernels::number, true);
    }

    /** As {@link #everyOp()} over rows alone, for maps and totals. */
    public static SampleKernel everyOpOfRows() {
        var k = Kernel.build("everyOpOfRows");
        Vec x = k.input("x", 2);
        Vec p = k.input("p", 2);
        Expr scale = k.uniform("scale");
        everyOp(k, x.minus(p).times(0.0625), p.times(0.0625), scale);
        return new SampleKernel(k.done(), SampleKernels::number, true);
    }

    private static void everyOp(KernelBuilder k, Vec d, Vec p, Expr scale) {
        Expr s = d.squaredNorm();
        Expr root = s.plus(1).sqrt();
        Expr fade = s.times(-0.25).exp();
        Expr wave = d.x().times(scale).sin().times(d.y().cos());
        Expr level = s.plus(scale.abs()).log().tanh();
        Expr step = d.x().times(3).floor().dividedBy(root);
        Expr limited = d.y().max(Expr.of(-0.5)).min(p.x().abs());
        Expr sign = d.x().lessThan(p.y()).select(fade, fade.negate());
        Expr edge = s.atMost(Expr.of(2)).select(root, level);
        k.output("smooth", Vec.of(fade, root, wave, level));
        k.output("kinked", Vec.of(step, limited, sign, edge));
        k.output("fused", fade.fma(root, wave.minus(level)));
    }

    /** A smooth map whose program has about {@code operations} operations. */
    public static SampleKernel chain(int operations) {
        var k = Kernel.build("chain" + operations);
        k.output("value", chain(k.input("x"), k.input("y"), operations));
        return new SampleKernel(k.done(), (slot, c, random) -> random.nextDouble(-1, 1), true);
    }

    private static Expr chain(Expr x, Expr y, int operations) {
        for (int n = 0; n < operations; n += 4) {
            Expr next = x.times(0.75).plus(y.times(0.5)).minus(1.0 / (n + 3));
            y = x;
            x = next.max(Expr.of(-4)).min(Expr.of(4));
        }
        return x;
    }

    /**
     * One and the same number for all pairs less than 5 apart, 0 for others, of about {@code
     * operations} operations. It has 17 binary digits, so that some hundred of them add up exactly
     * in float32, and more are all rounded to the same side.
     */
    public static SampleKernel alike(int operations) {
        var k = Kernel.build("alike" + operations);
        Expr x = k.input("x");
        Expr centre = k.param("centre");
        Expr level = k.uniform("level");
        Expr less = chain(x, centre, operations).times(0.1);
        k.output("value", x.minus(centre).abs().lessThan(Expr.of(5)).select(less.max(level), 0));
        k.support("x", Vec.of(centre.minus(5)), Vec.of(centre.plus(5)));
        SampleKernel.Draw draw =
                (slot, c, random) ->
                        slot.name().equals("level") ? 1 + 0x1p-16 : random.nextDouble(0, 1);
        return new SampleKernel(k.done(), draw, false);
    }

    /** The input itself for all pairs of two numbers less than 5 apart. */
    static Kernel same() {
        var k = Kernel.build("same");
        Expr x = k.input("x");
        Expr centre = k.param("centre");
        k.output("value", x.minus(centre).abs().lessThan(Expr.of(5)).select(x, 0));
        k.support("x", Vec.of(centre.minus(5)), Vec.of(centre.plus(5)));
        return k.done();
    }

    private static void box(KernelBuilder k, Vec centre, Expr halfWidth, Expr halfHeight) {
        Vec half = Vec.of(halfWidth, halfHeight);
        k.support("x", centre.minus(half), centre.plus(half));
    }

    static double number(Slot slot, int component, SplittableRandom random) {
        return switch (slot.name()) {
            case "x", "place", "centre", "p" -> random.nextDouble(0, component == 0 ? 64 : 48);
            case "width" -> random.nextDouble(0.8, 6);
            case "shape" ->
                    component == 1 ? random.nextDouble(-0.6, 0.6) : random.nextDouble(0.2, 1.2);
            case "scale", "tilt" -> random.nextDouble(0.5, 2);
            default -> random.nextDouble(-1, 1);
        };
    }
}
