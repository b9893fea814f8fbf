package org.kernfield.splat.field;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.Mat;
import org.kernfield.kernel.Vec;

/** One splat in space, as expressions over the parameters of a kernel. */
final class Part {
    static final String MEAN = "means";
    static final String LOG_SCALE = "logScales";
    static final String ROTATION = "rotations";
    static final String LOGIT = "opacities";

    /** What is less counts as nothing. */
    private static final double LEAST = 1.0 / 255;

    /** Logarithms of standard deviations are at most this, as in pictures. */
    private static final double LARGEST_LOG_SCALE = 27;

    /** Logarithms below this would divide by nothing. */
    private static final double SMALLEST_LOG_SCALE = -27;

    private static final double NO_ROTATION = 1e-15;

    private final Vec mean;
    private final Vec scale;
    private final Mat rotation;
    private final Expr opacity;

    /** Declares the parameters in {@code k}. */
    Part(KernelBuilder k) {
        mean = k.param(MEAN, 3);
        scale =
                k.param(LOG_SCALE, 3)
                        .map(s -> s.clamp(SMALLEST_LOG_SCALE, LARGEST_LOG_SCALE).exp());
        Vec quaternion = k.param(ROTATION, 4);
        Expr length = quaternion.norm().max(Expr.of(NO_ROTATION));
        rotation = Mat.rotation(quaternion.times(Expr.of(1).dividedBy(length)));
        opacity = k.param(LOGIT).sigmoid();
    }

    Vec mean() {
        return mean;
    }

    /** A vector along the splat's own axes, in standard deviations. */
    Vec own(Vec vector) {
        Vec turned = rotation.transpose().times(vector);
        return turned.times(scale.map(s -> Expr.of(1).dividedBy(s)));
    }

    /** o·exp(−½·s), 0 below 1/255 and where a number is none. */
    Expr visible(Expr squaredDistance) {
        Expr part = opacity.times(squaredDistance.times(-0.5).exp());
        return Expr.of(LEAST).atMost(part).select(part, 0);
    }

    /** Half the sides of the box in which it is 1/255 or more. */
    Vec half() {
        Expr least = Expr.of(LEAST);
        Expr reach = opacity.max(least).dividedBy(least).log().times(2).sqrt();
        var half = new Expr[3];
        for (int i = 0; i < 3; i++) {
            half[i] = rotation.row(i).times(scale).norm().times(reach);
        }
        return Vec.of(half);
    }
}
