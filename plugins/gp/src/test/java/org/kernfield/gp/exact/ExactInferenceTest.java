package org.kernfield.gp.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kernfield.backend.Array;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Covariance;
import org.kernfield.numerics.Lbfgsb;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.testkit.BackendCompute;

import java.util.List;
import java.util.SplittableRandom;

class ExactInferenceTest {
    private static final Lbfgsb.Stop STOP = new Lbfgsb.Stop(1e-6, 1e-12, 200);

    private final BackendCompute compute = BackendCompute.on(new ReferenceBackend());

    @AfterEach
    void close() {
        compute.close();
    }

    /**
     * Two rows at x = 0 and 1, y = 1 and −1, k = exp(−r²/2), noise 1/4: by hand with c = exp(−½), a
     * = 5/4: K⁻¹y = (1, −1)/(a − c).
     */
    @Test
    void agreesWithTwoRowsByHand() {
        BoundCovariance k = Covariance.parse("rbf + white(variance=0.25)").bind(1);
        var data = new Observations(new double[] {0, 1}, 1, new double[] {1, -1}, 1, null);
        double a = 1.25;
        double c = Math.exp(-0.5);

        Posterior posterior = Posterior.of(k, data, 0, compute);

        double expected = -1 / (a - c) - 0.5 * Math.log(a * a - c * c) - Math.log(2 * Math.PI);
        assertThat(posterior.logMarginal()).isCloseTo(expected, within(1e-13));
        assertThat(posterior.alpha().get(0)).isCloseTo(1 / (a - c), within(1e-13));
        // at x = ½ both rows tell the same: k* = exp(−⅛)(1, 1), variance 1 − 2e^{−¼}/(a + c)
        var spread = new FactorVariance(k, posterior.x(), posterior::factor);
        Array middle = Array.of(1, 0.5);
        double variance = 1 - 2 * Math.exp(-0.25) / (a + c);
        assertThat(spread.variance(middle, compute)[0]).isCloseTo(variance, within(1e-13));
        assertThat(spread.covariance(middle, compute).get(0)).isCloseTo(variance, within(1e-13));
        // row 0 from row 1: mean c·y₁/a, variance a − c²/a
        LeaveOneOut others = LeaveOneOut.of(posterior, compute.linearAlgebra());
        assertThat(others.residual()[0]).isCloseTo(1 + c / a, within(1e-13));
        assertThat(others.variance()[0]).isCloseTo(a - c * c / a, within(1e-13));
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void gradientsAreThoseOfFiniteDifferences(Objective objective) {
        BoundCovariance k =
                Covariance.parse(
                                "1.3*matern52(ard) + 0.4*rq(alpha=2) +"
                                        + " white(variance=0.2)*linear(offset=1)")
                        .bind(3);
        assertGradients(objective, k, observations(17, 3, 2));
    }

    /** Rows of two columns and the number of their output. */
    @ParameterizedTest
    @MethodSource("objectives")
    void gradientsByMatricesBetweenOutputsAreThoseOfFiniteDifferences(Objective objective) {
        BoundCovariance k =
                Covariance.parse(
                                "coregion(rank=2)*rbf(ard) + coregion(kappa=0.3)*matern32"
                                        + " + coregion(rank=0, kappa=0.2)*white(variance=1 fixed)")
                        .bind(List.of("a", "b"), 3);
        Observations plain = observations(18, 3, 1);
        double[] x = plain.x().clone();
        for (int i = 0; i < 18; i++) {
            x[3 * i + 2] = i % 5 % 3;
        }
        assertGradients(objective, k, new Observations(x, 3, plain.y(), 1, null));
    }

    private void assertGradients(Objective objective, BoundCovariance k, Observations data) {
        double[] at = k.coordinates().values();
        try (var gram = new Gram(data)) {
            double[] gradient = evaluate(objective, gram, k, data, true);
            for (int i = 0; i < at.length; i++) {
                double h = 1e-5;
                double[] there = at.clone();
                there[i] += h;
                double up = evaluate(objective, gram, k.coordinates().at(there), data, false)[0];
                there[i] -= 2 * h;
                double down = evaluate(objective, gram, k.coordinates().at(there), data, false)[0];
                assertThat(gradient[i])
                        .as(k.coordinates().names().get(i))
                        .isCloseTo((up - down) / (2 * h), within(1e-6));
            }
        }
    }

    static List<Objective> objectives() {
        return List.of(
                Objective.LIKELIHOOD,
                Objective.LOO,
                Objective.of(StudentT.of(4.5)),
                Objective.of(StudentT.of(null)));
    }

    private double[] evaluate(
            Objective objective,
            Gram gram,
            BoundCovariance k,
            Observations data,
            boolean isGradient) {
        Array factor = Jitter.factor(gram, k, 0, compute).lower();
        Array alpha =
                Solve.with(factor, Array.of(data.targets(), data.y()), compute.linearAlgebra());
        var evaluation = objective.evaluate(factor, alpha, data.y(), compute.linearAlgebra());
        return isGradient
                ? k.coordinates().gradient(gram.gradient(k, evaluation.weights(), compute))
                : new double[] {evaluation.value()};
    }

    private static Observations observations(int n, int d, int p) {
        var random = new SplittableRandom(7);
        double[] x = random.doubles((long) n * d, -2, 2).toArray();
        double[] y = random.doubles((long) n * p, -1, 1).toArray();
        return new Observations(x, d, y, p, random.doubles(n, 0.01, 0.2).toArray());
    }

    /** Noise alone: y ~ N(0, v) has its largest likelihood at v = mean y². */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"white; false", "white(variance=1 ~ invgamma(3, 2)); true"})
    void findsTheVarianceThatIsKnown(String kernel, boolean hasPrior) {
        BoundCovariance k = Covariance.parse(kernel).bind(1);
        var y = new double[] {0.5, -1.5, 2, 0.1, -0.4};
        var data = new Observations(new double[5], 1, y, 1, null);
        var search =
                new HyperparameterSearch(
                        k, k.coordinates().values(), data, Objective.LIKELIHOOD, 0, STOP);
        while (!search.isDone()) {
            search.step(compute);
        }
        double squares = 0;
        for (double v : y) {
            squares += v * v;
        }
        // the prior adds −(a + 1) log v − b/v to −½n log v − ½Σy²/v
        double expected = hasPrior ? (0.5 * squares + 2) / (2.5 + 4) : squares / 5;
        double found = Math.exp(search.best()[0]);
        assertThat(found).isCloseTo(expected, within(1e-5));
    }

    @Test
    void addsJitterOnlyWhereItMust() {
        var same = new double[40];
        var data = new Observations(same, 1, new double[40], 1, null);

        Posterior repeated = Posterior.of(Covariance.parse("rbf").bind(1), data, 0, compute);
        Posterior noisy =
                Posterior.of(
                        Covariance.parse("rbf + white(variance=0.1)").bind(1), data, 0, compute);

        assertThat(repeated.jitter()).isBetween(1e-13, 1e-5);
        assertThat(noisy.jitter()).isZero();
    }
}
