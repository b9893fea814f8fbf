package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against elimination with pivots. */
class IterativeSolversTest {
    private static final int N = 60;

    /** Symmetric, with eigenvalues of both signs away from 0. */
    private static double[][] indefinite() {
        double[][] a = Systems.random(N, N, 1);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < i; j++) {
                a[i][j] = a[j][i];
            }
            a[i][i] += i % 2 == 0 ? 20 : -20;
        }
        return a;
    }

    @Test
    void minresSolvesAnIndefiniteSystem() {
        double[] b = Systems.vector(N, 2);
        var minres = new Minres(b);

        double before = 1;
        while (minres.residual() > 1e-13) {
            minres.step(Systems.operator(indefinite()));
            assertThat(minres.residual()).isLessThanOrEqualTo(before);
            before = minres.residual();
        }

        assertThat(minres.solution())
                .containsExactly(Systems.solve(indefinite(), b), within(1e-11));
    }

    @Test
    void minresSaysThatASystemIsSingular() {
        ConjugateGradient.Operator zero = (x, y) -> java.util.Arrays.fill(y, 0);
        var minres = new Minres(new double[] {1, 2});
        assertThatThrownBy(() -> minres.step(zero)).hasMessageContaining("singular");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 100})
    void gmresSolvesAnUnsymmetricSystemWithAndWithoutBeginningAnew(int restart) {
        double[][] a = Systems.random(N, N, 3);
        for (int i = 0; i < N; i++) {
            a[i][i] += 12;
        }
        double[] b = Systems.vector(N, 4);
        var gmres = new Gmres(b, restart);

        gmres.solve(Systems.operator(a), 1e-13, 500);

        assertThat(gmres.residual()).isLessThan(1e-13);
        assertThat(gmres.solution()).containsExactly(Systems.solve(a, b), within(1e-12));
    }

    @Test
    void gmresNeedsOneStepWithTheInverse() {
        double[] diagonal = {1, -10, 1e3, 0.1};
        double[] b = {1, 2, 3, 4};
        var gmres = new Gmres(b, 4, (x, y) -> java.util.Arrays.setAll(y, k -> x[k] / diagonal[k]));
        gmres.step((x, y) -> java.util.Arrays.setAll(y, k -> x[k] * diagonal[k]));
        assertThat(gmres.solution())
                .containsExactly(new double[] {1, -0.2, 3e-3, 40}, within(1e-13));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.7})
    void lsmrSolvesTheNormalEquations(double damping) {
        double[][] a = Systems.random(90, 25, 5);
        double[] b = Systems.vector(90, 6);
        double[][] t = Systems.transposed(a);
        double[][] normal = Systems.product(t, a);
        for (int i = 0; i < 25; i++) {
            normal[i][i] += damping * damping;
        }
        var right = new double[25];
        Systems.operator(t).apply(b, right);
        var lsmr = new Lsmr(b, 25, damping, Systems.operator(t));

        lsmr.solve(Systems.operator(a), Systems.operator(t), 1e-14, 200);

        assertThat(lsmr.solution()).containsExactly(Systems.solve(normal, right), within(1e-12));
    }

    @Test
    void nothingToSolveIsZero() {
        var b = new double[5];
        assertThat(new Minres(b).residual()).isZero();
        assertThat(new Gmres(b, 3).solution()).isEqualTo(b);
        var lsmr = new Lsmr(b, 5, 0, (x, y) -> System.arraycopy(x, 0, y, 0, 5));
        assertThat(lsmr.solution()).isEqualTo(b);
    }

    @Test
    void lanczosKnowsTheSpectrumAfterAllSteps() {
        // the second difference has 2 − 2·cos(kπ/(n + 1)); a vector that meets all of them
        int n = 30;
        double[] start = Systems.vector(n, 7);
        ConjugateGradient.Operator difference =
                (x, y) -> {
                    for (int k = 0; k < n; k++) {
                        y[k] = 2 * x[k] - (k > 0 ? x[k - 1] : 0) - (k + 1 < n ? x[k + 1] : 0);
                    }
                };

        double[] values = new Lanczos(difference, start, n).spectrum().values();

        for (int k = 0; k < n; k++) {
            double known = 2 - 2 * Math.cos((k + 1) * Math.PI / (n + 1));
            assertThat(values[k]).isCloseTo(known, within(1e-12));
        }
    }

    @Test
    void lanczosStopsWhereTheVectorSpansNoMore() {
        double[] start = {1, 1, 0, 0};
        ConjugateGradient.Operator diagonal =
                (x, y) -> java.util.Arrays.setAll(y, k -> (k + 1) * x[k]);
        var lanczos = new Lanczos(diagonal, start, 4);
        assertThat(lanczos.diagonal()).hasSize(2);
        assertThat(lanczos.spectrum().values()).containsExactly(new double[] {1, 2}, within(1e-14));
        // 1·log 1 + 1·log 2
        assertThat(lanczos.quadratic(Math::log)).isCloseTo(Math.log(2), within(1e-14));
    }

    @Test
    void traceOfTheLogarithmIsTheLogDeterminant() {
        double[][] a = Systems.gram(80, 3, 0.3);
        double estimate = Lanczos.trace(Systems.operator(a), 80, Math::log, 60, 40, 1);
        // the standard deviation is about 0.9 here
        assertThat(estimate).isCloseTo(Systems.logDeterminant(a), within(4.0));
    }

    @Test
    void pivotedCholeskyFindsALowRank() {
        double[][] g = Systems.random(50, 6, 8);
        double[][] k = Systems.product(g, Systems.transposed(g));
        var factor = factor(k, 20, 1e-12);

        assertThat(factor.rank()).isEqualTo(6);
        double[] l = factor.factor();
        for (int i = 0; i < 50; i++) {
            for (int j = 0; j < 50; j++) {
                double sum = 0;
                for (int c = 0; c < 6; c++) {
                    sum += l[i * 6 + c] * l[j * 6 + c];
                }
                assertThat(sum).isCloseTo(k[i][j], within(1e-12));
            }
        }
    }

    private static PivotedCholesky factor(double[][] k, int rank, double tolerance) {
        var diagonal = new double[k.length];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = k[i][i];
        }
        return new PivotedCholesky(
                diagonal,
                (i, row) -> System.arraycopy(k[i], 0, row, 0, row.length),
                rank,
                tolerance);
    }

    @Test
    void shiftedInverseAndDeterminantAreThoseOfTheMatrix() {
        double[][] k = Systems.gram(40, 2, 0);
        var inverse = factor(k, 40, 0).inverse(0.1, 2);
        double[][] shifted = Systems.gram(40, 2, 0.1);
        var b = new double[80];
        double[] first = Systems.vector(40, 9);
        for (int i = 0; i < 40; i++) {
            b[2 * i] = first[i];
            b[2 * i + 1] = -2 * first[i];
        }
        var x = new double[80];

        inverse.apply(b, x);

        double[] exact = Systems.solve(shifted, first);
        for (int i = 0; i < 40; i++) {
            assertThat(x[2 * i]).isCloseTo(exact[i], within(1e-11));
            assertThat(x[2 * i + 1]).isCloseTo(-2 * exact[i], within(1e-11));
        }
        assertThat(inverse.logDeterminant())
                .isCloseTo(Systems.logDeterminant(shifted), within(1e-10));
    }

    @Test
    void preconditioningSavesSteps() {
        double noise = 1e-4;
        double[][] a = Systems.gram(200, 20, noise);
        double[] b = Systems.vector(200, 10);
        var plain = new ConjugateGradient(b, 1);
        int without = plain.solve(Systems.operator(a), 1e-8, 1000);
        var preconditioner = factor(Systems.gram(200, 20, 0), 40, 1e-9).inverse(noise, 1);
        var preconditioned = new ConjugateGradient(b, 1, preconditioner);

        int with = preconditioned.solve(Systems.operator(a), 1e-8, 1000);

        assertThat(with).isLessThan(without / 4);
        assertThat(preconditioned.solution()).containsExactly(Systems.solve(a, b), within(1e-3));
    }
}
