package org.kernfield.splat.render;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.Mat;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Vec;
import org.kernfield.scene.Camera.Lens;

import java.util.Map;

/** Formulas of the {@link Lens}es: from a point in the camera's axes to a pixel. */
final class Lenses {
    /** Uniforms of every kernel with a lens: fx, fy, cx, cy; the coefficients of the distortion. */
    static final String INTRINSICS = "intrinsics";

    static final String DISTORTION = "distortion";
    static final int COEFFICIENTS = 8;

    /** Share of the squared distance that keeps angles apart from 0 / 0 on the axis. */
    private static final double AXIS = 1e-12;

    /** The same at the poles of an equirectangular picture, whose pixels are all one point. */
    private static final double POLE = 1e-6;

    private final Lens lens;
    private final boolean isDistorted;
    private final Vec intrinsics;
    private final Vec distortion;

    /** Declares the uniforms in {@code k}. */
    Lenses(KernelBuilder k, Lens lens, boolean isDistorted) {
        this.lens = lens;
        this.isDistorted = isDistorted;
        this.intrinsics = k.uniform(INTRINSICS, 4);
        this.distortion = isDistorted ? k.uniform(DISTORTION, COEFFICIENTS) : null;
    }

    /** Focal length along x or y. */
    Expr focal(int axis) {
        return intrinsics.get(axis);
    }

    /** What splats are sorted by: distance along the axis or from the centre. */
    Expr depth(Vec p) {
        return isFlat() ? p.z() : p.norm();
    }

    /** Whether depth is measured along the axis. */
    private boolean isFlat() {
        return lens == Lens.PERSPECTIVE || lens == Lens.ORTHOGRAPHIC;
    }

    /** How the Jacobian changes along the ray, see {@link org.kernfield.splat.Projected}. */
    Vec perspective(Vec p) {
        return switch (lens) {
            case ORTHOGRAPHIC -> Vec.of(Expr.of(0), Expr.of(0), Expr.of(0));
            case PERSPECTIVE -> Vec.of(Expr.of(0), Expr.of(0), Expr.of(1).dividedBy(p.z()));
            case FISHEYE, EQUIRECTANGULAR -> p.times(Expr.of(1).dividedBy(p.squaredNorm()));
        };
    }

    /** What the picture's valid part is measured by: squared tangent or angle from the axis. */
    Expr fieldAngle(Vec p) {
        return switch (lens) {
            case PERSPECTIVE -> p.x().square().plus(p.y().square()).dividedBy(p.z().square());
            case FISHEYE -> angle(p).square();
            case EQUIRECTANGULAR, ORTHOGRAPHIC -> Expr.of(0);
        };
    }

    /** Where a point is seen, in pixels. */
    Vec pixel(Vec p) {
        Vec direction =
                switch (lens) {
                    case ORTHOGRAPHIC -> Vec.of(p.x(), p.y());
                    case PERSPECTIVE -> perspectivePoint(p);
                    case FISHEYE -> fisheye(p);
                    case EQUIRECTANGULAR -> equirectangular(p);
                };
        return direction.times(intrinsics.slice(0, 2)).plus(intrinsics.slice(2, 4));
    }

    /** ∂pixel/∂p, 2 × 3, as the language derives it. */
    Mat jacobian(Vec p) {
        var k = Kernel.build("lens").precision(Precision.F32);
        var inner = new Lenses(k, lens, isDistorted);
        k.output("pixel", inner.pixel(k.input("p", 3)));
        Vec derivatives = k.done().jacobian("p").apply(Map.of("p", p)).get("d_p");
        return Mat.ofRows(derivatives.slice(0, 3), derivatives.slice(3, 6));
    }

    private Vec perspectivePoint(Vec p) {
        Expr inverse = Expr.of(1).dividedBy(p.z());
        Expr x = p.x().times(inverse);
        Expr y = p.y().times(inverse);
        if (!isDistorted) {
            return Vec.of(x, y);
        }
        Expr r2 = x.square().plus(y.square());
        Expr radial = polynomial(r2, 0, 1, 4).dividedBy(polynomial(r2, 5, 6, 7));
        Expr p1 = distortion.get(2);
        Expr p2 = distortion.get(3);
        Expr xy = x.times(y).times(2);
        return Vec.of(
                x.times(radial).plus(p1.times(xy)).plus(p2.times(r2.plus(x.square().times(2)))),
                y.times(radial).plus(p2.times(xy)).plus(p1.times(r2.plus(y.square().times(2)))));
    }

    /** 1 + Σ_i k_i s^(i + 1) of some of the coefficients. */
    private Expr polynomial(Expr s, int... coefficients) {
        Expr sum = Expr.of(0);
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum.plus(distortion.get(coefficients[i])).times(s);
        }
        return sum.plus(1);
    }

    private static Expr angle(Vec p) {
        return radius(p).atan2(p.z());
    }

    /** Distance from the axis, differentiable on it. */
    private static Expr radius(Vec p) {
        return p.x().square().plus(p.y().square()).plus(p.squaredNorm().times(AXIS)).sqrt();
    }

    private Vec fisheye(Vec p) {
        Expr theta = angle(p);
        Expr bent = isDistorted ? theta.times(polynomial(theta.square(), 0, 1, 2, 3)) : theta;
        return Vec.of(p.x(), p.y()).times(bent.dividedBy(radius(p)));
    }

    private static Vec equirectangular(Vec p) {
        Expr flat = p.x().square().plus(p.z().square()).plus(p.squaredNorm().times(POLE)).sqrt();
        return Vec.of(p.x().atan2(p.z()), p.y().atan2(flat));
    }
}
