package org.kernfield.numerics.predictive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

class CalibrationTest {
    /** Two labels one and three deviations off, worked out on paper. */
    @Test
    void figuresAreThoseOfTheFormulas() {
        double[] labels = {2, Double.NaN, -6};
        double[] means = {0, 0, 0};
        double[] variances = {4, 4, 4};
        var calibration = Calibration.of(labels, means, variances, 4);
        assertThat(calibration.count()).isEqualTo(2);
        // errors 0.5 and −1.5 in units of 4
        assertThat(calibration.rmse()).isCloseTo(Math.sqrt((0.25 + 2.25) / 2), within(1e-15));
        double logDensity = 0.5 * Math.log(2 * Math.PI) + Math.log(0.5) + (1 + 9) / 4.0;
        assertThat(calibration.nlpd()).isCloseTo(logDensity, within(1e-15));
        assertThat(calibration.coverage50()).isZero();
        assertThat(calibration.coverage95()).isEqualTo(0.5);
        assertThat(calibration.pit()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 1, 0);
        assertThat(calibration.pitDistance()).isCloseTo(0.5 - 0.0013498980316301, within(1e-12));
    }

    /** ∫ (F(t) − 1(t ≥ y))² dt by the trapezoidal rule. */
    @Test
    void rankedScoreEqualsItsIntegral() {
        double y = 1.3;
        double sigma = 0.7;
        double integral = 0;
        double h = 1e-4;
        for (double t = -12; t < 12; t += h) {
            double middle = t + h / 2;
            double step = Normal.cumulative(middle / sigma) - (middle >= y ? 1 : 0);
            integral += h * step * step;
        }
        var calibration =
                Calibration.of(new double[] {y}, new double[] {0}, new double[] {sigma * sigma}, 1);
        assertThat(calibration.crps()).isCloseTo(integral, within(1e-4));
    }

    private static Calibration drawn(double sigma, double believed) {
        var random = new Random(4);
        int n = 2000;
        double[] labels = random.doubles(n).map(u -> sigma * random.nextGaussian()).toArray();
        var variances = new double[n];
        Arrays.fill(variances, believed * believed);
        return Calibration.of(labels, new double[n], variances, 1);
    }

    @Test
    void wordsTellTooNarrowFromRightAndTooWide() {
        assertThat(drawn(1, 1).lines().getFirst()).contains("as wide as they should be");
        assertThat(drawn(1, 1).isOff()).isFalse();
        assertThat(drawn(1, 0.7).lines().getFirst()).contains("too narrow");
        assertThat(drawn(1, 0.7).isOff()).isTrue();
        assertThat(drawn(1, 1.5).lines().getFirst()).contains("wider than need be");
        assertThat(drawn(1, 1.5).lines().getLast()).contains("chance does not explain");
    }

    @Test
    void oneOutlierDoesNotHideThatTheOthersHaveTooMuchRoom() {
        var labels = new double[100];
        Arrays.setAll(labels, k -> k == 41 ? 20 : 0.1 * Math.sin(k));
        var variances = new double[100];
        Arrays.fill(variances, 1);
        var calibration = Calibration.of(labels, new double[100], variances, 1);
        assertThat(calibration.coverage95()).isEqualTo(0.99);
        assertThat(calibration.lines().getFirst()).contains("wider than need be");
    }

    @Test
    void aHandfulOfLabelsTellsNothing() {
        var calibration =
                Calibration.of(new double[5], new double[5], new double[] {1, 1, 1, 1, 1}, 1);
        assertThat(calibration.lines().getFirst()).contains("too few labels");
    }

    @Test
    void certaintyThatIsWrongIsInfinitelyBad() {
        double[] labels = {1, 1};
        var wrong = Calibration.of(labels, new double[] {0.5, 1}, new double[] {0, 1}, 1);
        assertThat(wrong.nlpd()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(wrong.coverage95()).isEqualTo(0.5);
        double even = 2 / Math.sqrt(2 * Math.PI) - 1 / Math.sqrt(Math.PI);
        assertThat(wrong.crps()).isCloseTo((0.5 + even) / 2, within(1e-15));
    }

    @Test
    void refusesVariancesThatAreNone() {
        double[] one = {1};
        for (double none : new double[] {-1e-9, Double.NaN}) {
            assertThatThrownBy(() -> Calibration.of(one, one, new double[] {none}, 1))
                    .hasMessageContaining("row 1: a variance of " + none);
        }
        assertThatThrownBy(() -> Calibration.of(new double[] {Double.NaN}, one, one, 1))
                .hasMessageContaining("labels: there is none");
    }

    @Test
    void outliersAreThoseThatChanceDoesNotExplain() {
        var labels = new double[100];
        var variances = new double[100];
        Arrays.fill(variances, 1);
        // 100 · 2Φ(−z) falls below 0.01 at z = 3.89
        labels[7] = 3.8;
        labels[8] = -4;
        labels[9] = 5;
        labels[10] = Double.NaN;
        assertThat(Outlier.among(labels, new double[100], variances))
                .containsExactly(new Outlier(9, 5), new Outlier(8, -4));
    }
}
