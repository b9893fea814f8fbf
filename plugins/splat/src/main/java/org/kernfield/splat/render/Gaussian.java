package org.kernfield.splat.render;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Vec;
import org.kernfield.splat.Primitive;
import org.kernfield.splat.Projected;

/** exp(−½ dᵀ C⁻¹ d), C the covariance on the screen. */
public class Gaussian implements Primitive {
    static final String NAME = "gaussian";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String label() {
        return "anisotropic Gaussians";
    }

    /**
     * The Cholesky factor L of ½ C⁻¹, l₁₁, l₂₁, l₂₂: with it the exponent −|Lᵀ d|² is a sum of
     * squares, which does not cancel where a splat is long and thin.
     */
    @Override
    public Vec shape(Projected splat) {
        return factor(splat);
    }

    static Vec factor(Projected splat) {
        Vec c = splat.covariance();
        Expr determinant = splat.determinant();
        Expr half = Expr.of(Math.sqrt(0.5));
        // C⁻¹ = [[c₂₂, −c₁₂], [−c₁₂, c₁₁]] / det; of a needle c₂₂·det would overflow
        Expr root = half.dividedBy(c.get(2).sqrt().times(determinant.sqrt()));
        return Vec.of(
                c.get(2).times(root),
                c.get(1).times(root).negate(),
                half.dividedBy(c.get(2).sqrt()));
    }

    @Override
    public Expr falloff(Vec offset, Vec shape) {
        return halfSquaredDistance(offset, shape).negate().exp();
    }

    /** |Lᵀ d|². */
    static Expr halfSquaredDistance(Vec offset, Vec shape) {
        Expr along = shape.get(0).times(offset.x()).plus(shape.get(1).times(offset.y()));
        return along.square().plus(shape.get(2).times(offset.y()).square());
    }

    @Override
    public Vec extent(Vec shape, Expr reach) {
        return deviations(shape).times(reach.sqrt());
    }

    /** Standard deviations along x and y: √½·√(1 + (l₂₁/l₂₂)²)/l₁₁ and √½/l₂₂. */
    static Vec deviations(Vec shape) {
        Expr half = Expr.of(Math.sqrt(0.5));
        Expr skew = shape.get(1).dividedBy(shape.get(2)).square().plus(1).sqrt();
        return Vec.of(half.times(skew).dividedBy(shape.get(0)), half.dividedBy(shape.get(2)));
    }
}
