package org.kernfield.gp.iterative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.field.State;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Covariance;
import org.kernfield.gp.exact.FactorVariance;
import org.kernfield.gp.exact.LeaveOneOut;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.Posterior;
import org.kernfield.gp.exact.Rows;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.testkit.BackendCompute;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** Against the whole matrix. */
class MatrixFreeTest {
    private static final int N = 180;

    private final BackendCompute compute = BackendCompute.on(new ReferenceBackend());
    private final BoundCovariance k =
            Covariance.parse("1.5*rbf(lengthscale=[0.7, 1.2]) + white(variance=0.05)").bind(2);
    private final Observations data = data();
    private final Posterior exact = Posterior.of(k, data, 0, compute);

    @AfterEach
    void close() {
        compute.close();
    }

    private static Observations data() {
        var random = new SplittableRandom(5);
        double[] x = random.doubles(2 * N, -2, 2).toArray();
        var y = new double[N];
        for (int i = 0; i < N; i++) {
            y[i] = Math.sin(2 * x[2 * i]) * Math.cos(x[2 * i + 1]) + 0.2 * random.nextGaussian();
        }
        return new Observations(x, 2, y, 1, null);
    }

    private static MatrixFreeSolve.Setup setup(double tolerance, int probes) {
        int[] sample = IntStream.range(0, N).filter(i -> i % 3 == 0).toArray();
        return new MatrixFreeSolve.Setup(tolerance, 0, probes, 20, sample, 9);
    }

    private MatrixFreeSolve solved(MatrixFreeSolve solve) {
        while (!solve.isDone()) {
            solve.step(compute);
        }
        return solve;
    }

    @Test
    void weightsAreThoseOfTheWholeMatrix() {
        var solve = solved(new MatrixFreeSolve(k, data, setup(1e-9, 2)));

        double[] expected = Rows.doubles(exact.alpha());
        double largest = 0;
        for (double a : expected) {
            largest = Math.max(largest, Math.abs(a));
        }
        assertThat(solve.alpha()).containsExactly(expected, within(1e-6 * largest));
        assertThat(solve.residual()).isLessThan(1e-9);
    }

    @Test
    void likelihoodAndItsGradientAreNearThoseOfTheWholeMatrix() {
        var solve = solved(new MatrixFreeSolve(k, data, setup(1e-6, 60)));

        assertThat(solve.logMarginal()).isCloseTo(exact.logMarginal(), within(3.0));
        double[] gradient = k.coordinates().gradient(solve.gradient(compute));
        for (int i = 0; i < gradient.length; i++) {
            double[] at = k.coordinates().values();
            at[i] += 1e-4;
            double up = Posterior.of(k.coordinates().at(at), data, 0, compute).logMarginal();
            at[i] -= 2e-4;
            double down = Posterior.of(k.coordinates().at(at), data, 0, compute).logMarginal();
            assertThat(gradient[i])
                    .as(k.coordinates().names().get(i))
                    .isCloseTo((up - down) / 2e-4, within(3.0));
        }
    }

    /** Noise of 0.05 is the least eigenvalue of 180 smooth rows but for 1e-6. */
    @Test
    void conditionIsAboutThatOfTheWholeMatrix() {
        var solve = solved(new MatrixFreeSolve(k, data, setup(1e-6, 4)));

        double expected = largestEigenvalue() / 0.05;
        assertThat(solve.condition()).isCloseTo(expected, within(0.1 * expected));
    }

    /** Of the whole matrix, by its powers. */
    private double largestEigenvalue() {
        double[] matrix = Rows.doubles(Rows.covariance(k, exact.x(), exact.x(), compute));
        var v = new double[N];
        java.util.Arrays.fill(v, 1);
        double largest = 0;
        for (int power = 0; power < 200; power++) {
            var next = new double[N];
            for (int at = 0; at < matrix.length; at++) {
                next[at / N] += matrix[at] * v[at % N];
            }
            for (int i = 0; i < N; i++) {
                next[i] += 0.05 * v[i];
            }
            largest = Math.sqrt(java.util.Arrays.stream(next).map(a -> a * a).sum());
            double scale = 1 / largest;
            v = java.util.Arrays.stream(next).map(a -> a * scale).toArray();
        }
        return largest;
    }

    @Test
    void goesOnFromItsStateWithTheSameBits() {
        var undisturbed = solved(new MatrixFreeSolve(k, data, setup(1e-5, 3)));
        var first = new MatrixFreeSolve(k, data, setup(1e-5, 3));
        for (int step = 0; step < 7; step++) {
            first.step(compute);
        }
        var state = new State(new LinkedHashMap<>(), Map.of());
        first.save(state);
        var second = new MatrixFreeSolve(k, data, setup(1e-5, 3));
        second.restore(state, compute);

        assertThat(solved(second).alpha()).containsExactly(undisturbed.alpha());
        assertThat(second.logMarginal()).isEqualTo(undisturbed.logMarginal());
    }

    @Test
    void littleNoiseIsRaisedAndTold() {
        var quiet =
                Covariance.parse("1.5*rbf(lengthscale=[0.7, 1.2]) + white(variance=1e-9)").bind(2);

        var solve = solved(new MatrixFreeSolve(quiet, data, setup(1e-8, 2)));

        // a share of 1e-4 of the variance of 1.5, in all
        assertThat(solve.jitter()).isCloseTo(1.5e-4 - 1e-9, within(1e-15));
        var same = Posterior.of(quiet, data, (1.5e-4 - 1e-9) / 1.5, compute);
        double[] expected = Rows.doubles(same.alpha());
        double largest = java.util.Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(solve.alpha()).containsExactly(expected, within(1e-4 * largest));
    }

    /** Of what littleNoiseIsRaisedAndTold solves, whose lift depends on the hyper-parameters. */
    @Test
    void theGradientKnowsThatLittleNoiseIsRaised() {
        var quiet = Covariance.parse("1.5*rbf(lengthscale=[0.3, 0.4]) + white(variance=1e-9)");
        requireGradient(quiet.bind(2), 0, (variance, noise) -> 1e-4 * variance - noise);
    }

    @Test
    void theGradientKnowsOfJitterThatIsAShareOfTheVariance() {
        var jittered = Covariance.parse("1.5*rbf(lengthscale=[0.3, 0.4]) + white(variance=1e-2)");
        requireGradient(jittered.bind(2), 0.05, (variance, noise) -> 0.05 * variance);
    }

    /**
     * Against differences of the whole matrix, with a preconditioner that leaves little to chance.
     */
    private void requireGradient(
            BoundCovariance k, double jitter, DoubleBinaryOperator expectedLift) {
        int[] all = IntStream.range(0, N).toArray();
        var setup = new MatrixFreeSolve.Setup(1e-8, jitter, 60, N - 1, all, 9);
        var solve = solved(new MatrixFreeSolve(k, data, setup));
        double[] gradient = k.coordinates().gradient(solve.gradient(compute));
        for (int i = 0; i < gradient.length; i++) {
            double[] at = k.coordinates().values();
            at[i] += 1e-4;
            double up = lifted(k.coordinates().at(at), expectedLift);
            at[i] -= 2e-4;
            double down = lifted(k.coordinates().at(at), expectedLift);
            double expected = (up - down) / 2e-4;
            assertThat(gradient[i])
                    .as(k.coordinates().names().get(i))
                    .isCloseTo(expected, within(1 + 0.01 * Math.abs(expected)));
        }
    }

    private double lifted(BoundCovariance at, DoubleBinaryOperator expectedLift) {
        double variance = Rows.variance(at, exact.x(), compute)[0];
        double noise = Rows.noise(at, exact.x(), compute)[0];
        double lift = expectedLift.applyAsDouble(variance, noise);
        return Posterior.of(at, data, lift / (variance + noise), compute).logMarginal();
    }

    @Test
    void saysWhenItDoesNotConverge() {
        // 1e-15 is beyond what float64 can show
        var solve = new MatrixFreeSolve(k, data, setup(1e-17, 1));

        assertThatThrownBy(() -> solved(solve))
                .isInstanceOf(NotConvergedException.class)
                .hasMessageContaining("use method exact");
    }

    @Test
    void variancesAreThoseOfAllRowsWhereThereAreFew() {
        double[] noise = new double[N];
        java.util.Arrays.fill(noise, 0.05);
        Array points = Array.of(2, 0.1, 0.2, 3.0, -2.0, 9.0, 9.0);
        var nearest = new NearestVariance(k, exact.x(), noise);

        double[] told = nearest.variance(points, compute);

        double[] expected =
                new FactorVariance(k, exact.x(), exact::factor).variance(points, compute);
        assertThat(told).containsExactly(expected, within(1e-12));
        LeaveOneOut some =
                NearestLeaveOneOut.of(k, data, noise, new int[] {3, 50}, 256, compute)
                        .by(k, noise, compute);
        LeaveOneOut all = LeaveOneOut.of(exact, compute.linearAlgebra());
        assertThat(some.residual()[1]).isCloseTo(all.residual()[50], within(1e-10));
        assertThat(some.variance()[0]).isCloseTo(all.variance()[3], within(1e-10));
    }
}
