package org.kernfield.gp;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Functions with cosines of the difference τ = x − y.
 *
 * <p>Sources: D. J. C. MacKay, Introduction to Gaussian processes (1998), section 5.2, for the
 * periodic one; A. G. Wilson, R. P. Adams, Gaussian process kernels for pattern discovery and
 * extrapolation (2013), equation 12, for the spectral mixture; S. Fang and others, Solving high
 * frequency and multi-scale PDEs with Gaussian processes (2024), section 3, for the one whose
 * spectrum is made of Student t densities.
 */
final class PeriodicFamilies {
    private static final String PERIOD = "period";
    private static final String WEIGHT = "weight";
    private static final String FREQUENCY = "frequency";
    private static final int MOST_COMPONENTS = 64;

    private PeriodicFamilies() {}

    static List<Family> all() {
        var period = ParameterSpec.positive(PERIOD, 1).shaped(ParameterSpec.Shape.ONE_OR_COLUMNS);
        return List.of(
                Family.correlation(
                        "periodic",
                        PeriodicFamilies::periodic,
                        period,
                        ParameterSpec.lengthscale()),
                // cos(2π Σ_k τ_k/p_k)
                Family.correlation(
                        "cosine",
                        (rows, a) ->
                                perPeriod(rows, a.vector(PERIOD)).sum().times(2 * Math.PI).cos(),
                        period),
                mixture("spectral", s -> s.radial(new RadialProfile.Gaussian())),
                mixture("spectralt", s -> s.radial(new RadialProfile.Matern(2))));
    }

    /** exp(−2 Σ_k sin²(π τ_k/p_k)/l_k²). */
    private static Expr periodic(Rows rows, Arguments a) {
        Vec sines = perPeriod(rows, a.vector(PERIOD)).map(t -> t.times(Math.PI).sin());
        Vec rates = a.rates();
        Expr sum =
                rates.size() == sines.size()
                        ? sines.times(rates).squaredNorm()
                        : sines.squaredNorm().times(rates.get(0).square());
        return sum.times(-2).exp();
    }

    private static Vec perPeriod(Rows rows, Vec period) {
        return rows.differences(period.map(p -> Expr.of(1).dividedBy(p)));
    }

    /**
     * Σ_q w_q φ(Σ_k τ_k²/l_qk²) cos(2π Σ_k f_qk τ_k): components with a spectrum around the
     * frequencies ±f_q, Gaussian for φ = e^(−s/2), Student's t with 5 degrees of freedom for
     * Matérn's φ of ν = 5/2.
     */
    private static Family mixture(String name, UnaryOperator<Expr> envelope) {
        var parameters =
                List.of(
                        ParameterSpec.positive(WEIGHT, 1).shaped(ParameterSpec.Shape.COMPONENTS),
                        ParameterSpec.positive(FREQUENCY, 1)
                                .shaped(ParameterSpec.Shape.COMPONENTS_SPREAD),
                        ParameterSpec.lengthscale()
                                .shaped(ParameterSpec.Shape.COMPONENTS_BY_COLUMNS));
        return new Family(
                name,
                parameters,
                List.of(Option.whole(Family.COMPONENTS, 1, MOST_COMPONENTS, 1)),
                (rows, a) -> mixture(rows, a, envelope),
                (rows, a) -> a.vector(WEIGHT).sum());
    }

    private static Expr mixture(Rows rows, Arguments a, UnaryOperator<Expr> envelope) {
        int d = rows.columns();
        Vec difference = rows.x().minus(rows.y());
        var terms = new ArrayList<Expr>();
        for (int q = 0; q < a.whole(Family.COMPONENTS); q++) {
            Vec frequency = a.vector(FREQUENCY).slice(q * d, (q + 1) * d);
            Vec rates = a.rates().slice(q * d, (q + 1) * d);
            Expr wave = difference.times(frequency).sum().times(2 * Math.PI).cos();
            Expr s = difference.times(rates).squaredNorm();
            terms.add(a.vector(WEIGHT).get(q).times(envelope.apply(s)).times(wave));
        }
        return Vec.of(terms).sum();
    }
}
