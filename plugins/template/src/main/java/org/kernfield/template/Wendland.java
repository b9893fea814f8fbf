package org.kernfield.template;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;

/**
 * The formula, written once; backends make code of it.
 *
 * <pre>
 * f(x) = Σ_j φ(|x − c_j|² / R²) · w_j,    φ(r²) = (1 − r)⁴ (4r + 1) for r &lt; 1, otherwise 0
 * </pre>
 *
 * Source: H. Wendland, Scattered Data Approximation (2005), table 9.1: positive definite in the
 * plane, twice continuously differentiable.
 */
final class Wendland {
    private Wendland() {}

    /**
     * φ for one query and one centre, to be summed with a payload of colours w_j. The query counts
     * in pixels of whatever raster is drawn; {@code pixel} is their size in pixels of the source.
     */
    static final Kernel KERNEL = kernel();

    private static Kernel kernel() {
        var k = Kernel.build("wendland");
        Vec x = k.input("x", 2); // a row of each query i
        Vec centre = k.param("centre", 2); // a row of each source j
        Vec pixel = k.uniform("pixel", 2); // one row for all
        Expr radius = k.uniform("radius");

        Expr s = x.times(pixel).minus(centre).squaredNorm().dividedBy(radius.square());
        k.output("phi", s.radial(new RadialProfile.Wendland(2)));

        // φ is 0 outside this box of x, so pairs outside it may be skipped
        Vec low = centre.map(c -> c.minus(radius));
        Vec high = centre.map(c -> c.plus(radius));
        k.support("x", divided(low, pixel), divided(high, pixel));
        return k.done();
    }

    private static Vec divided(Vec a, Vec b) {
        return Vec.of(a.x().dividedBy(b.x()), a.y().dividedBy(b.y()));
    }
}
