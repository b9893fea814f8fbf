package org.kernfield.splat.field;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Mat;
import org.kernfield.kernel.Vec;
import org.kernfield.scene.Splats;

import java.util.Map;

/**
 * How much there is at a point: σ(x) = Σ_j o_j·exp(−½ (x − μ_j)ᵀ Σ_j⁻¹ (x − μ_j)), without unit,
 * where a splat's part below 1/255 counts as none.
 */
final class Density {
    private static final double LEAST = 1.0 / 255;
    private static final double LARGEST_LOG_SCALE = 27;
    private static final double NO_ROTATION = 1e-30;
    private static final Kernel KERNEL = kernel();
    private static final Reduction VALUE = Reduction.sum(KERNEL, Neighbourhood.TILES);
    private static final Reduction GRADIENT =
            Reduction.sum(KERNEL.jacobian("x"), Neighbourhood.TILES);

    private Density() {}

    private static Kernel kernel() {
        var k = Kernel.build("splat density");
        Vec x = k.input("x", 3);
        Vec mean = k.param("mean", 3);
        Vec logScale = k.param("logScale", 3);
        Vec quaternion = k.param("rotation", 4);
        Expr opacity = k.param("logit").sigmoid();
        Vec scale = logScale.map(s -> s.clamp(-LARGEST_LOG_SCALE, LARGEST_LOG_SCALE).exp());
        Expr length = quaternion.squaredNorm().max(Expr.of(NO_ROTATION)).sqrt();
        Mat rotation = Mat.rotation(quaternion.map(c -> c.dividedBy(length)));
        Vec own = rotation.transpose().times(x.minus(mean));
        Expr s = own.times(scale.map(e -> Expr.of(1).dividedBy(e))).squaredNorm();
        Expr part = opacity.times(s.times(-0.5).exp());
        k.output("density", Expr.of(LEAST).atMost(part).select(part, 0));
        Vec half = half(rotation, scale, opacity);
        k.support("x", mean.minus(half), mean.plus(half));
        return k.done();
    }

    /** Half the sides of the box in which a splat's part is 1/255 or more. */
    private static Vec half(Mat rotation, Vec scale, Expr opacity) {
        Expr least = Expr.of(LEAST);
        Expr reach = opacity.max(least).dividedBy(least).log().times(2).sqrt();
        var half = new Expr[3];
        for (int i = 0; i < 3; i++) {
            half[i] = rotation.row(i).times(scale).norm().times(reach);
        }
        return Vec.of(half);
    }

    /** Densities at points, n × 1. */
    static Array values(Splats splats, Array points, Compute compute) {
        return sum(VALUE, splats, points, compute);
    }

    /** Their gradients, n × 3. */
    static Array gradient(Splats splats, Array points, Compute compute) {
        return sum(GRADIENT, splats, points, compute);
    }

    private static Array sum(Reduction sum, Splats splats, Array points, Compute compute) {
        var output = sum.kernel().outputs().getFirst();
        var arrays = splats.arrays();
        try (Buffer x = compute.upload(points);
                Buffer means = compute.upload(arrays.get("means"));
                Buffer scales = compute.upload(arrays.get("logScales"));
                Buffer rotations = compute.upload(arrays.get("rotations"));
                Buffer logits = compute.upload(arrays.get("opacities"));
                Buffer result = compute.allocate(ElementType.F32, points.rows(), output.width())) {
            Args args =
                    Args.rows(points.rows())
                            .with("x", x)
                            .with("mean", means)
                            .with("logScale", scales)
                            .with("rotation", rotations)
                            .with("logit", logits);
            compute.run(sum, args, Map.of(output.name(), result));
            return compute.download(result);
        }
    }
}
