package org.kernfield.splat.render;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.Mat;
import org.kernfield.kernel.Vec;
import org.kernfield.scene.Camera.Lens;

/** A mean before one camera, as expressions over the slots of a map kernel. */
final class CameraFormula {
    static final String POSE = "pose";
    static final String NEAR = "near";
    static final String BOUNDS = "bounds";

    private final KernelBuilder k;
    private final Variant variant;
    private final Lenses lens;
    private final Mat rotation;
    private final Expr near;
    private final Vec place;
    private final Vec seen;

    /** Declares pose, near plane and lens in {@code k}. */
    CameraFormula(KernelBuilder k, Variant variant, Vec mean) {
        this.k = k;
        this.variant = variant;
        Vec pose = k.uniform(POSE, CameraNumbers.POSE);
        near = k.uniform(NEAR);
        lens = new Lenses(k, variant.lens(), variant.isDistorted());
        rotation = rotation(pose);
        place = rotation.times(mean).plus(pose.slice(9, 12));
        seen =
                variant.lens() == Lens.PERSPECTIVE
                        ? Vec.of(place.x(), place.y(), place.z().max(near))
                        : place;
    }

    static Mat rotation(Vec pose) {
        return Mat.ofRows(pose.slice(0, 3), pose.slice(3, 6), pose.slice(6, 9));
    }

    /** The mean in the camera's axes, moved to the near plane where it is behind it. */
    Vec seen() {
        return seen;
    }

    /** What splats are sorted by. */
    Expr depth() {
        return lens.depth(place);
    }

    /** 1 beyond the near plane, else 0. */
    Expr isBefore() {
        return SplatFormula.when(near.atMost(depth()));
    }

    Expr fieldAngle() {
        return lens.fieldAngle(seen);
    }

    /** Where the mean is seen, in pixels. */
    Vec centre() {
        return lens.pixel(seen);
    }

    /** Pixels by the point in the world, 2 × 3, at the mean. */
    Mat jacobian() {
        if (variant.lens() == Lens.PERSPECTIVE && !variant.isDistorted()) {
            return ofPinhole();
        }
        Mat ofCamera = lens.jacobian(seen);
        return Mat.ofRows(inWorld(ofCamera.row(0)), inWorld(ofCamera.row(1)));
    }

    /** ∂(fx·x/z) = fx/z·(∂x − x/z·∂z), x/z not farther to the side than a margin. */
    private Mat ofPinhole() {
        Vec bounds = k.uniform(BOUNDS, CameraNumbers.BOUNDS);
        Expr nearness = Expr.of(1).dividedBy(seen.z());
        var rows = new Vec[2];
        for (int r = 0; r < 2; r++) {
            Expr tangent =
                    seen.get(r).times(nearness).min(bounds.get(2 * r + 1)).max(bounds.get(2 * r));
            rows[r] =
                    rotation.row(r)
                            .minus(rotation.row(2).times(tangent))
                            .times(lens.focal(r).times(nearness));
        }
        return Mat.ofRows(rows);
    }

    /** {@link Lenses#perspective} in the world's axes. */
    Vec perspective() {
        return inWorld(lens.perspective(seen));
    }

    /** A direction of the camera in the world, without the products with zeros that lenses have. */
    private Vec inWorld(Vec direction) {
        Vec sum = null;
        for (int i = 0; i < 3; i++) {
            if (!(direction.get(i) instanceof Expr.Constant c && c.value() == 0)) {
                Vec part = rotation.row(i).times(direction.get(i));
                sum = sum == null ? part : sum.plus(part);
            }
        }
        return sum == null ? direction : sum;
    }

    /** Whether an axis points away from the camera. */
    Expr away(Vec axis) {
        Vec turned = rotation.times(axis);
        return variant.lens() == Lens.ORTHOGRAPHIC ? turned.z() : turned.times(place).sum();
    }
}
