package org.kernfield.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.SplittableRandom;

/** Draws of random waves have the covariance they were drawn for. */
class RandomWavesTest {
    private static final int DRAWS = 20_000;
    private static final int WAVES = 12;
    private static final double[][] POINTS = {{0.3, -0.5}, {-0.2, 0.4}, {0.9, -0.1}};

    private static RandomNumbers numbers(long seed) {
        var random = new SplittableRandom(seed);
        return new RandomNumbers() {
            @Override
            public double uniform() {
                return random.nextDouble(Double.MIN_NORMAL, 1);
            }

            @Override
            public double normal() {
                return random.nextGaussian();
            }
        };
    }

    private static double value(RandomWaves waves, double[] at, int output, int outputs) {
        double sum = 0;
        for (int m = 0; m < waves.cosines().length / outputs; m++) {
            double angle = 0;
            for (int c = 0; c < at.length; c++) {
                angle += waves.frequencies()[m * at.length + c] * at[c];
            }
            sum += waves.cosines()[m * outputs + output] * Math.cos(angle);
            sum += waves.sines()[m * outputs + output] * Math.sin(angle);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2.0*rbf(lengthscale=[0.5, 1.5])",
                "matern12(lengthscale=0.7)",
                "matern32",
                "matern52(lengthscale=0.4)",
                "matern(nu=0.8, lengthscale=0.6)",
                "rq(alpha=0.4, lengthscale=0.5)",
                "periodic(period=1.7, lengthscale=0.8)",
                "cosine(period=2.5)",
                "spectral(components=2, weight=[0.4, 1.2], frequency=[0.3, 0.6, 1.1, 0.2])",
                "spectralt(components=1, frequency=[0.3, 0.4], lengthscale=0.9)",
                "0.7 + 1.5*rbf*periodic(dims=0) + white",
                "cosine(period=3)*cosine(period=5)",
                "cosine(dims=0)*cosine(period=1.5, dims=1)",
                "cosine(period=2.5)^2",
                "spectral(components=1, frequency=[0.3, 0.4])^2",
                "spectralt(components=1, frequency=0.3, dims=0)*cosine(dims=1)",
                "(0.5*matern32(dims=1) + 0.2)^2"
            })
    void varyAsTheCovarianceSays(String text) {
        BoundCovariance k = Covariance.parse(text).bind(2);
        var products = new double[6][DRAWS];
        RandomNumbers random = numbers(4);
        for (int s = 0; s < DRAWS; s++) {
            var waves = RandomWaves.draw(k, WAVES, random);
            int at = 0;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j <= i; j++) {
                    products[at++][s] =
                            value(waves, POINTS[i], 0, 1) * value(waves, POINTS[j], 0, 1);
                }
            }
        }
        int at = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j <= i; j++) {
                double expected =
                        i == j
                                ? Pairs.diagonal(k, POINTS[i])
                                : Pairs.signal(k, POINTS[i], POINTS[j]);
                assertMean(products[at++], expected);
            }
        }
    }

    /** Within five standard errors. */
    private static void assertMean(double[] values, double expected) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean) / values.length;
        }
        assertThat(mean).isCloseTo(expected, within(5 * Math.sqrt(squares / values.length)));
    }

    @Test
    void outputsVaryTogether() {
        BoundCovariance k =
                Covariance.parse(
                                "coregion(weights=[0.8, -0.6], kappa=[0.1, 0.3])*rbf"
                                        + " + coregion(rank=0, kappa=[0.5, 0.2])")
                        .bind(List.of("a", "b"), 2);
        var products = new double[3][DRAWS];
        RandomNumbers random = numbers(9);
        for (int s = 0; s < DRAWS; s++) {
            var waves = RandomWaves.draw(k, WAVES, random);
            double first = value(waves, POINTS[0], 0, 2);
            products[0][s] = first * value(waves, POINTS[1], 0, 2);
            products[1][s] = first * value(waves, POINTS[1], 1, 2);
            products[2][s] = first * first;
        }
        double[] x = {0.3, -0.5, 0};
        assertMean(products[0], Pairs.signal(k, x, new double[] {-0.2, 0.4, 0}));
        assertMean(products[1], Pairs.signal(k, x, new double[] {-0.2, 0.4, 1}));
        assertMean(products[2], Pairs.diagonal(k, x));
    }

    @Test
    void thoseWithoutWavesAreRefused() {
        BoundCovariance k = Covariance.parse("rbf + nngp(depth=2)").bind(2);
        assertThatThrownBy(() -> RandomWaves.draw(k, WAVES, numbers(1)))
                .hasMessage(
                        "nngp: its draws are no sum of waves; draw jointly, or fit a stationary"
                                + " kernel");
    }

    /** Means and variances of the distributions that frequencies are made from. */
    @Test
    void gammaAndPoissonNumbersHaveTheirMoments() {
        RandomNumbers random = numbers(2);
        for (double shape : new double[] {0.5, 2.5, 40}) {
            var drawn = new double[DRAWS];
            var squares = new double[DRAWS];
            var events = new double[DRAWS];
            for (int s = 0; s < DRAWS; s++) {
                drawn[s] = random.gamma(shape);
                squares[s] = (drawn[s] - shape) * (drawn[s] - shape);
                events[s] = random.poisson(shape);
            }
            assertMean(drawn, shape);
            assertMean(squares, shape);
            assertMean(events, shape);
        }
    }
}
