package org.kernfield.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatesTest {
    private static final String TEXT =
            "2.0 ~ gamma(2.0, 1.5)*rbf(lengthscale=[0.5, 4]) + linear(offset=0.3 ~ normal(1, 2))"
                    + " + rq(alpha=2 fixed, lengthscale=0.7 ~ lognormal(0.1, 0.5))"
                    + " + matern32(lengthscale=0.9 ~ invgamma(2, 3))";

    @Test
    void freeOnesAreCoordinatesInTheOrderOfTheText() {
        var coordinates = Covariance.parse(TEXT).bind(2).coordinates();
        assertThat(coordinates.names())
                .containsExactly(
                        "scale",
                        "rbf_lengthscale[0]",
                        "rbf_lengthscale[1]",
                        "linear_offset",
                        "rq_lengthscale",
                        "matern32_lengthscale");
        assertThat(coordinates.values())
                .containsExactly(
                        new double[] {
                            Math.log(2),
                            Math.log(0.5),
                            Math.log(4),
                            0.3,
                            Math.log(0.7),
                            Math.log(0.9)
                        },
                        within(1e-15));
        assertThat(coordinates.lower()[0]).isEqualTo(Math.log(1e-5));
        assertThat(coordinates.lower()[3]).isZero();
        assertThat(coordinates.upper()[3]).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void thereAndBackIsTheSame() {
        var bound = Covariance.parse(TEXT).bind(2);
        var other = bound.coordinates().at(new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6});
        assertThat(other.coordinates().values())
                .containsExactly(new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6}, within(1e-15));
        assertThat(other.coordinates().at(new double[] {20, 0, 0, -1, 0, 0}).hyperparameters())
                .extracting(h -> h.values().getFirst())
                .startsWith(1e5, 1.0, 0.0);
    }

    @Test
    void gradientsFollowTransformsAndReciprocals() {
        var bound = Covariance.parse(TEXT).bind(2);
        double[] x = {0.3, -0.5};
        double[] y = {-0.2, 0.7};
        double[] at = bound.coordinates().values();
        double[] gradient = bound.coordinates().gradient(Pairs.gradient(bound, x, y));
        double[] prior = bound.coordinates().logPriorGradient();
        double h = 1e-6;
        for (int k = 0; k < at.length; k++) {
            var up = moved(bound, at, k, h);
            var down = moved(bound, at, k, -h);
            double slope = (Pairs.signal(up, x, y) - Pairs.signal(down, x, y)) / (2 * h);
            assertThat(gradient[k]).isCloseTo(slope, within(1e-8));
            double priorSlope =
                    (up.coordinates().logPrior() - down.coordinates().logPrior()) / (2 * h);
            assertThat(prior[k]).isCloseTo(priorSlope, within(1e-7));
        }
    }

    private static BoundCovariance moved(BoundCovariance bound, double[] at, int k, double h) {
        double[] there = at.clone();
        there[k] += h;
        return bound.coordinates().at(there);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.9, 0.2, 2.9})
    void logitsStayBetweenTheirBounds(double value) {
        double u = Transform.LOGIT.coordinate(value, -1, 3);
        assertThat(Transform.LOGIT.value(u, -1, 3)).isCloseTo(value, within(1e-14));
        double h = 1e-6;
        double slope =
                (Transform.LOGIT.value(u + h, -1, 3) - Transform.LOGIT.value(u - h, -1, 3))
                        / (2 * h);
        assertThat(Transform.LOGIT.slope(value, -1, 3)).isCloseTo(slope, within(1e-8));
        assertThat(Transform.LOGIT.value(1e9, -1, 3)).isEqualTo(3);
    }
}
