package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class ConjugateGradientTest {
    private static final int N = 40;

    @Test
    void solvesTheDiscretePoissonEquationForTwoSources() {
        // −u'' = 1 with u(0) = u(N+1) = 0 is u_i = i(N+1−i)/2; a unit source at 1 gives 1 − i/(N+1)
        var b = new double[2 * N];
        for (int i = 0; i < N; i++) {
            b[2 * i] = 1;
        }
        b[1] = 1;
        var cg = new ConjugateGradient(b, 2);

        cg.solve(ConjugateGradientTest::secondDifference, 1e-13, 2 * N);

        for (int i = 1; i <= N; i++) {
            double parabola = i * (N + 1 - i) / 2.0;
            assertThat(cg.solution()[2 * (i - 1)]).isCloseTo(parabola, within(1e-9));
            assertThat(cg.solution()[2 * i - 1]).isCloseTo(1 - i / (N + 1.0), within(1e-11));
        }
    }

    @Test
    void exactPreconditionerEndsInOneStep() {
        double[] diagonal = {1, 10, 1e4, 0.1};
        double[] b = {1, 2, 3, 4};
        ConjugateGradient.Operator operator = (x, y) -> Arrays.setAll(y, k -> diagonal[k] * x[k]);
        var cg = new ConjugateGradient(b, 1, (x, y) -> Arrays.setAll(y, k -> x[k] / diagonal[k]));

        assertThat(cg.solve(operator, 1e-14, 10)).isEqualTo(1);
        assertThat(cg.solution()).containsExactly(new double[] {1, 0.2, 3e-4, 40}, within(1e-12));
    }

    @Test
    void takesFloatProducts() {
        ConjugateGradient.FloatOperator twice =
                x -> {
                    var y = new float[x.length];
                    for (int k = 0; k < y.length; k++) {
                        y[k] = 2 * x[k];
                    }
                    return y;
                };
        var cg = new ConjugateGradient(new double[] {2, 4}, 1);

        cg.solve(twice.widened(), 1e-6, 5);

        assertThat(cg.solution()).containsExactly(new double[] {1, 2}, within(1e-6));
    }

    @Test
    void leavesAColumnOfZerosAlone() {
        var b = new double[2 * N];
        for (int i = 0; i < N; i++) {
            b[2 * i] = i;
        }
        var cg = new ConjugateGradient(b, 2);

        cg.solve(ConjugateGradientTest::secondDifference, 1e-12, 2 * N);

        for (int i = 0; i < N; i++) {
            assertThat(cg.solution()[2 * i + 1]).isZero();
        }
        assertThat(cg.residual()).isLessThan(1e-12);
    }

    @Test
    void refusesAnIndefiniteOperator() {
        ConjugateGradient.Operator negated = (x, y) -> Arrays.setAll(y, k -> -x[k]);
        var cg = new ConjugateGradient(new double[] {1}, 1);

        assertThatThrownBy(() -> cg.step(negated))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("not positive definite; add a ridge");
    }

    @Test
    void needsNoStepFromTheSolution() {
        double[] solution = {1, 2, 3, 4};
        var b = new double[4];
        secondDifference(solution, b);
        var cg = new ConjugateGradient(b, 2);

        cg.start(solution, b, ConjugateGradientTest::secondDifference);

        assertThat(cg.residual()).isZero();
        assertThat(cg.solution()).isEqualTo(solution);
    }

    @Test
    void goesOnFromARestoredState() {
        double[] b = {1, 5, -2, 4, 0, 3};
        var straight = new ConjugateGradient(b, 1);
        straight.step(ConjugateGradientTest::secondDifference);
        var resumed = new ConjugateGradient(b, 1);

        resumed.restore(straight.solution(), straight.remainder(), straight.direction());
        straight.step(ConjugateGradientTest::secondDifference);
        resumed.step(ConjugateGradientTest::secondDifference);

        assertThat(resumed.solution()).isEqualTo(straight.solution());
    }

    /** 2·x_i − x_{i−1} − x_{i+1} for two columns. */
    private static void secondDifference(double[] x, double[] y) {
        for (int k = 0; k < x.length; k++) {
            double before = k >= 2 ? x[k - 2] : 0;
            double after = k + 2 < x.length ? x[k + 2] : 0;
            y[k] = 2 * x[k] - before - after;
        }
    }
}
