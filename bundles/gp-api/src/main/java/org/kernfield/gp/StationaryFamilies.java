package org.kernfield.gp;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.RadialProfile;

import java.util.List;

/**
 * Functions of the distance r between two rows, in units of the length scale.
 *
 * <p>Source: C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning (2006),
 * section 4.2.1.
 */
final class StationaryFamilies {
    private StationaryFamilies() {}

    static List<Family> all() {
        return List.of(
                // exp(−r²/2)
                radial("rbf", new RadialProfile.Gaussian()),
                radial("matern12", new RadialProfile.Matern(0)),
                radial("matern32", new RadialProfile.Matern(1)),
                radial("matern52", new RadialProfile.Matern(2)),
                radial("matern72", new RadialProfile.Matern(3)),
                radial("matern92", new RadialProfile.Matern(4)),
                Family.correlation(
                        "rq",
                        StationaryFamilies::rationalQuadratic,
                        ParameterSpec.positive("alpha", 1),
                        ParameterSpec.lengthscale()));
    }

    private static Family radial(String name, RadialProfile profile) {
        return Family.correlation(
                name,
                (rows, a) -> rows.squaredDistance(a.rates()).radial(profile),
                ParameterSpec.lengthscale());
    }

    /** (1 + r²/2α)^−α. */
    private static Expr rationalQuadratic(Rows rows, Arguments a) {
        Expr alpha = a.number("alpha");
        Expr s = rows.squaredDistance(a.rates());
        return s.dividedBy(alpha.times(2)).log1p().times(alpha.negate()).exp();
    }
}
