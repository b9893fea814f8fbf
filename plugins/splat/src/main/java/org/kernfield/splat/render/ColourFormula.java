package org.kernfield.splat.render;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.Mat;
import org.kernfield.kernel.SphericalHarmonics;
import org.kernfield.kernel.Vec;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.scene.Splats;

/** The colour of one splat from one side. */
public final class ColourFormula {
    static final String SH = "sh";

    private ColourFormula() {}

    /** max(0, ½ + Σ_k Y_k(direction)·sh_k) for red, green and blue, 0 where it is not a number. */
    static Vec of(KernelBuilder k, Variant variant) {
        Vec sh = k.input(SH, 3 * Splats.coefficients(variant.storedDegree()));
        // of degree 0 the direction is not read
        Vec direction =
                variant.degree() == 0
                        ? Vec.of(Expr.of(0), Expr.of(0), Expr.of(1))
                        : direction(k, variant);
        return of(sh, direction, variant.degree());
    }

    /** The colour of coefficients in a direction of length 1. */
    public static Vec of(Vec sh, Vec direction, int degree) {
        Vec basis = SphericalHarmonics.of(direction, degree);
        var colour = new Expr[3];
        for (int c = 0; c < 3; c++) {
            Expr sum = Expr.of(0.5);
            for (int i = 0; i < basis.size(); i++) {
                sum = sum.plus(basis.get(i).times(sh.get(3 * i + c)));
            }
            colour[c] = sum.greaterThan(Expr.of(0)).select(sum, 0);
        }
        return Vec.of(colour);
    }

    /** From the camera to the mean, in the world's axes. */
    private static Vec direction(KernelBuilder k, Variant variant) {
        Vec mean = k.input(SplatFormula.MEANS, 3);
        Vec pose = k.uniform(CameraFormula.POSE, CameraNumbers.POSE);
        Mat rotation = CameraFormula.rotation(pose);
        return variant.lens() == Lens.ORTHOGRAPHIC
                ? rotation.row(2)
                : mean.plus(rotation.transpose().times(pose.slice(9, 12))).normalised();
    }
}
