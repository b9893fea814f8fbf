package org.kernfield.gp;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.RadialProfile;

import java.util.List;

/**
 * Functions of the distance r between two rows, in units of the length scale.
 *
 * <p>Sources: C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning (2006),
 * section 4.2.1; H. Wendland, Scattered Data Approximation (2005), theorem 9.13.
 */
final class StationaryFamilies {
    private static final String NU = "nu";

    private StationaryFamilies() {}

    static List<Family> all() {
        return List.of(
                // exp(−r²/2)
                radial("rbf", new RadialProfile.Gaussian()),
                // exp(−r), which has a derivative by its length scale where r is 0
                Family.correlation(
                        "matern12",
                        (rows, a) -> Rows.root(rows.squaredDistance(a.rates())).negate().exp(),
                        ParameterSpec.lengthscale()),
                radial("matern32", new RadialProfile.Matern(1)),
                radial("matern52", new RadialProfile.Matern(2)),
                radial("matern72", new RadialProfile.Matern(3)),
                radial("matern92", new RadialProfile.Matern(4)),
                Family.correlation(
                        "matern",
                        StationaryFamilies::matern,
                        ParameterSpec.positive(NU, 1.5).in(0.05, 1e3).fixed(),
                        ParameterSpec.lengthscale()),
                wendland("wendland2", 2),
                wendland("wendland4", 4),
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

    /** 2^(1−ν)/Γ(ν) z^ν K_ν(z) with z = √(2ν) r, by logarithms. */
    private static Expr matern(Rows rows, Arguments a) {
        Expr nu = a.number(NU);
        Expr s = rows.squaredDistance(a.rates()).times(nu).times(2);
        Expr z = Rows.root(s);
        Expr log =
                nu.times(s.log().times(0.5))
                        .plus(z.logBesselK(nu))
                        .minus(nu.lgamma())
                        .minus(nu.minus(1).times(Math.log(2)));
        return s.atMost(Expr.of(0)).select(Expr.of(1), log.exp());
    }

    /** Of the least degree that is positive definite for as many columns. */
    private static Family wendland(String name, int smoothness) {
        return Family.correlation(
                name,
                (rows, a) ->
                        rows.squaredDistance(a.rates())
                                .radial(new RadialProfile.Wendland(smoothness, 0, rows.columns())),
                ParameterSpec.lengthscale());
    }

    /** (1 + r²/2α)^−α. */
    private static Expr rationalQuadratic(Rows rows, Arguments a) {
        Expr alpha = a.number("alpha");
        Expr s = rows.squaredDistance(a.rates());
        return s.dividedBy(alpha.times(2)).log1p().times(alpha.negate()).exp();
    }
}
