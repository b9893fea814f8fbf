package org.kernfield.splat.render;

import org.kernfield.kernel.Condition;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.Mat;
import org.kernfield.kernel.Vec;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.splat.Projected;

/** Where one splat lies before one camera, as expressions over the slots of a map kernel. */
final class SplatFormula {
    static final String MEANS = "means";
    static final String LOG_SCALES = "logScales";
    static final String ROTATIONS = "rotations";
    static final String OPACITIES = "opacities";
    static final String ATTRIBUTES = "attributes";
    static final String FILTER = "filter";
    static final String FARTHEST = "farthest";

    /**
     * Logarithms of standard deviations are limited to ± this, so that their squares are finite.
     */
    private static final double LARGEST_LOG_SCALE = 27;

    /** Squared length below which a quaternion is no rotation. */
    private static final double NO_ROTATION = 1e-30;

    /** Smallest share of an opacity that antialiasing leaves. */
    private static final double LEAST_SHARE = 0.005;

    private final KernelBuilder k;
    private final Variant variant;
    private final CameraFormula camera;
    private final Mat turned;
    private final Vec scale;
    private final Expr logit;
    private final Projected projected;

    /** Declares the slots in {@code k}. */
    SplatFormula(KernelBuilder k, Variant variant) {
        this.k = k;
        this.variant = variant;
        Vec mean = k.input(MEANS, 3);
        scale = k.input(LOG_SCALES, 3).map(s -> s.min(Expr.of(LARGEST_LOG_SCALE)).exp());
        Vec quaternion = k.input(ROTATIONS, 4);
        logit = k.input(OPACITIES);
        Expr filter = variant.hasFilter() ? k.input(FILTER) : null;
        Vec attributes =
                variant.attributes() > 0 ? k.input(ATTRIBUTES, variant.attributes()) : null;
        camera = new CameraFormula(k, variant, mean);
        turned = rotation(quaternion);
        Mat axes =
                Mat.ofRows(
                        turned.row(0).times(scale),
                        turned.row(1).times(scale),
                        turned.row(2).times(scale));
        projected =
                new Projected(
                        axes,
                        camera.jacobian(),
                        camera.perspective(),
                        variant.blur(),
                        filter,
                        attributes);
    }

    /** The rotation of a quaternion of any length: I + 2/|q|²·(…), which is I for length 0. */
    private static Mat rotation(Vec q) {
        Expr twice = Expr.of(2).dividedBy(q.squaredNorm().max(Expr.of(NO_ROTATION)));
        Vec v = q.slice(1, 4);
        Vec doubled = v.times(twice);
        Vec turned = doubled.times(q.get(0));
        Expr xx = v.x().times(doubled.x());
        Expr yy = v.y().times(doubled.y());
        Expr zz = v.z().times(doubled.z());
        Expr xy = v.x().times(doubled.y());
        Expr xz = v.x().times(doubled.z());
        Expr yz = v.y().times(doubled.z());
        Expr one = Expr.of(1);
        return Mat.ofRows(
                Vec.of(one.minus(yy.plus(zz)), xy.minus(turned.z()), xz.plus(turned.y())),
                Vec.of(xy.plus(turned.z()), one.minus(xx.plus(zz)), yz.minus(turned.x())),
                Vec.of(xz.minus(turned.y()), yz.plus(turned.x()), one.minus(xx.plus(yy))));
    }

    CameraFormula camera() {
        return camera;
    }

    /** The splat's axes in the world as columns, of length 1. */
    Mat turned() {
        return turned;
    }

    Projected projected() {
        return projected;
    }

    /** Largest α, after what antialiasing and the filter in space leave of it. */
    Expr opacity() {
        Expr opacity = logit.sigmoid();
        if (variant.hasFilter()) {
            // √(|Σ| / |Σ + f·I|), axis by axis
            for (Expr s : scale) {
                opacity = opacity.times(s.square().plus(projected.filter()).rsqrt().times(s));
            }
        }
        if (variant.isAntialiased()) {
            Expr ratio = projected.sharpDeterminant().dividedBy(projected.determinant());
            opacity = opacity.times(ratio.max(Expr.of(LEAST_SHARE * LEAST_SHARE)).sqrt());
        }
        return opacity;
    }

    /** 1 where the splat is to be drawn, 0 before the near plane or where numbers are none. */
    Expr isDrawn(Expr opacity) {
        Expr depth = camera.depth();
        Expr all = projected.determinant().plus(depth).plus(opacity);
        if (projected.attributes() != null) {
            all = all.plus(projected.attributes().sum());
        }
        // false for NaN
        Expr drawn = when(all.atMost(Expr.of(Float.MAX_VALUE))).times(camera.isBefore());
        if (variant.isDistorted() || variant.lens() == Lens.FISHEYE) {
            Expr farthest = k.uniform(FARTHEST);
            drawn = drawn.times(when(camera.fieldAngle().atMost(farthest)));
        }
        return drawn;
    }

    static Expr when(Condition condition) {
        return condition.select(Expr.of(1), 0);
    }

    /** A vector where a splat is drawn, else 0. */
    static Vec where(Expr drawn, Vec value) {
        return value.map(e -> drawn.greaterThan(Expr.of(0.5)).select(e, 0));
    }
}
