package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;

/** Against minima that are known from the formulas. */
class LbfgsbTest {
    private static final Lbfgsb.Stop STOP = new Lbfgsb.Stop(1e-9, 0, 2000);

    /** Gives the value and writes the gradient. */
    private interface Objective extends ToDoubleBiFunction<double[], double[]> {}

    /** Σ 100 (x_{i+1} − x_i²)² + (1 − x_i)². */
    private static double rosenbrock(double[] x, double[] gradient) {
        double sum = 0;
        Arrays.fill(gradient, 0);
        for (int i = 0; i + 1 < x.length; i++) {
            double bend = x[i + 1] - x[i] * x[i];
            double rest = 1 - x[i];
            sum += 100 * bend * bend + rest * rest;
            gradient[i] += -400 * x[i] * bend - 2 * rest;
            gradient[i + 1] += 200 * bend;
        }
        return sum;
    }

    private static double[] filled(int n, double value) {
        var all = new double[n];
        Arrays.fill(all, value);
        return all;
    }

    private static Lbfgsb run(Lbfgsb search, Objective objective) {
        while (!search.isDone()) {
            double[] x = search.point();
            var gradient = new double[x.length];
            double value = objective.applyAsDouble(x, gradient);
            search.advance(value, gradient);
        }
        return search;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 100})
    void findsTheEndOfTheBentValley(int n) {
        var start = filled(n, 1);
        for (int i = 0; i < n; i += 2) {
            start[i] = -1.2;
        }
        var free = filled(n, Double.POSITIVE_INFINITY);

        var search =
                run(
                        new Lbfgsb(start, filled(n, Double.NEGATIVE_INFINITY), free, STOP),
                        LbfgsbTest::rosenbrock);

        // n = 4 and more have a second, local minimum near (−1, 1, …, 1), which this start avoids
        assertThat(search.best()).containsExactly(filled(n, 1), within(1e-6));
        assertThat(search.evaluations()).isLessThan(50 + 8 * n);
    }

    @Test
    void stopsAtTheBoundsThatHold() {
        // with x₀ ≤ 0.5 the minimum of 100 (y − x²)² + (1 − x)² is at (0.5, 0.25), f = 0.25
        var search =
                run(
                        new Lbfgsb(
                                new double[] {-1.2, 1},
                                new double[] {-5, -5},
                                new double[] {0.5, 5},
                                STOP),
                        LbfgsbTest::rosenbrock);

        assertThat(search.best()).containsExactly(new double[] {0.5, 0.25}, within(1e-7));
        assertThat(search.value()).isCloseTo(0.25, within(1e-12));
        assertThat(search.outcome()).isEqualTo(Lbfgsb.Outcome.GRADIENT);
    }

    @Test
    void holdsSeveralBoundsOfAQuadraticWithCoupledVariables() {
        // ½xᵀAx − bᵀx with A = tridiag(−1, 2, −1), n = 25, b = 1, in [−1, 3]: the free minimum is
        // i(26 − i)/2 ≤ 84.5, so all inner ones lie at 3 and the ends where 2x − 3 = 1
        int n = 25;
        Objective bent =
                (x, gradient) -> {
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                        double before = i > 0 ? x[i - 1] : 0;
                        double after = i + 1 < n ? x[i + 1] : 0;
                        double product = 2 * x[i] - before - after;
                        gradient[i] = product - 1;
                        sum += 0.5 * x[i] * product - x[i];
                    }
                    return sum;
                };
        var expected = filled(n, 3);
        expected[0] = 2;
        expected[n - 1] = 2;

        var search = run(new Lbfgsb(filled(n, 0), filled(n, -1), filled(n, 3), STOP), bent);

        assertThat(search.best()).containsExactly(expected, within(1e-8));
    }

    @Test
    void turnsBackWhereTheFunctionIsNotDefined() {
        // x − log x has its minimum 1 at 1 and no value below 0
        Objective logarithm =
                (x, gradient) -> {
                    gradient[0] = 1 - 1 / x[0];
                    return x[0] > 0 ? x[0] - Math.log(x[0]) : Double.NaN;
                };

        var search =
                run(new Lbfgsb(filled(1, 40), filled(1, -1e9), filled(1, 1e9), STOP), logarithm);

        assertThat(search.best()[0]).isCloseTo(1, within(1e-8));
    }

    @Test
    void saysThatItBeganOutsideTheDomain() {
        var search = new Lbfgsb(filled(2, 0), filled(2, -1), filled(2, 1), STOP);

        search.advance(Double.NaN, new double[2]);

        assertThat(search.outcome()).isEqualTo(Lbfgsb.Outcome.UNDEFINED);
    }

    @Test
    void startsInsideTheBoxAndStaysThere() {
        var lower = new double[] {0.1, -3};
        var upper = new double[] {0.9, -2};
        var search = new Lbfgsb(new double[] {7, 7}, lower, upper, STOP);
        while (!search.isDone()) {
            double[] x = search.point();
            assertThat(x[0]).isBetween(0.1, 0.9);
            assertThat(x[1]).isBetween(-3.0, -2.0);
            var gradient = new double[2];
            double value = rosenbrock(x, gradient);
            search.advance(value, gradient);
        }
        // y is best at −2, x then where 800x + 2(x − 1) + 400x³ = 0, below 0.1
        assertThat(search.best()).containsExactly(0.1, -2);
    }

    @Test
    void goesOnElsewhereWithTheSameBits() {
        int n = 6;
        var undisturbed =
                run(
                        new Lbfgsb(filled(n, -1), filled(n, -4), filled(n, 4), STOP),
                        LbfgsbTest::rosenbrock);
        var search = new Lbfgsb(filled(n, -1), filled(n, -4), filled(n, 4), STOP);
        while (!search.isDone()) {
            var gradient = new double[n];
            double value = rosenbrock(search.point(), gradient);
            search.advance(value, gradient);
            var next = new Lbfgsb(filled(n, 0), filled(n, -4), filled(n, 4), STOP);
            next.restore(search.memory());
            search = next;
        }

        assertThat(search.best()).containsExactly(undisturbed.best());
        assertThat(search.evaluations()).isEqualTo(undisturbed.evaluations());
    }

    @Test
    void needsFewerEvaluationsWithWhatAnotherOneLearned() {
        int n = 8;
        Objective steeper =
                (x, gradient) -> {
                    double value = 4 * rosenbrock(x, gradient);
                    for (int i = 0; i < n; i++) {
                        gradient[i] *= 4;
                    }
                    return value;
                };
        var teacher =
                run(
                        new Lbfgsb(filled(n, -1), filled(n, -4), filled(n, 4), STOP),
                        LbfgsbTest::rosenbrock);
        var start = filled(n, 1.01);
        var alone = run(new Lbfgsb(start, filled(n, -4), filled(n, 4), STOP), steeper);
        var taught = new Lbfgsb(start, filled(n, -4), filled(n, 4), STOP);
        taught.learn(teacher, 4);

        assertThat(run(taught, steeper).best()).containsExactly(filled(n, 1), within(1e-6));
        assertThat(taught.evaluations()).isLessThan(alone.evaluations());
    }

    @Test
    void endsWhenAnIterationGainsTooLittle() {
        var lazy = new Lbfgsb.Stop(0, 0.5, 500);

        var search =
                run(
                        new Lbfgsb(new double[] {-1.2, 1}, filled(2, -9), filled(2, 9), lazy),
                        LbfgsbTest::rosenbrock);

        assertThat(search.outcome()).isEqualTo(Lbfgsb.Outcome.REDUCTION);
    }

    @Test
    void refusesABoxWithoutInside() {
        assertThatThrownBy(() -> new Lbfgsb(filled(1, 0), filled(1, 1), filled(1, 0), STOP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 1.0 and 0.0");
    }
}
