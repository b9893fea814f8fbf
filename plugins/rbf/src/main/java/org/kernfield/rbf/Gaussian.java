package org.kernfield.rbf;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;

/**
 * The formula:
 *
 * <pre>
 * f(x) = Σ_j w_j · exp(−s_j/2) where s_j = |Lᵀ_j (x − c_j)|² ≤ 9, otherwise 0
 * Lᵀ = [[eᵃ, b·eᵃ], [0, eᶜ]]
 * </pre>
 *
 * L is the Cholesky factor of a precision matrix, so every (a, b, c) is a valid ellipse.
 */
final class Gaussian {
    /** Where the kernel is cut off, in standard deviations. */
    static final double CUT = 3;

    private Gaussian() {}

    /** The kernel with a payload {@code weight} of {@code channels} colours. */
    static Kernel withColours(int channels) {
        var k = Kernel.build("gaussian");
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Vec shape = k.param("shape", 3);
        Expr across = shape.get(0).exp();
        Expr skew = shape.get(1);
        Expr down = shape.get(2).exp();

        Expr dx = x.x().minus(centre.x());
        Expr dy = x.y().minus(centre.y());
        Expr u = dx.plus(skew.times(dy)).times(across);
        Expr v = down.times(dy);
        Expr s = u.square().plus(v.square());
        Expr value = s.radial(new RadialProfile.Gaussian());
        k.output("value", s.atMost(Expr.of(CUT * CUT)).select(value, 0));

        // the box of the ellipse s = 9: half extents 3·√Σ_xx and 3·√Σ_yy with Σ = (L Lᵀ)⁻¹
        Expr narrow = Expr.of(1).dividedBy(across);
        Expr slope = skew.dividedBy(down);
        Expr halfWidth = narrow.square().plus(slope.square()).sqrt().times(CUT);
        Expr halfHeight = Expr.of(CUT).dividedBy(down);
        Vec half = Vec.of(halfWidth, halfHeight);
        k.support("x", centre.minus(half), centre.plus(half));
        return k.done().weighted(channels);
    }
}
