package org.kernfield.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** Matrices between outputs, and covariance functions of several made from one. */
class CoregionTest {
    private static final String TWO_COLUMNS =
            "coregion(rank=2, weights=[0.5, -1.0, 0.2, 0.3, 0.7, -0.4], kappa=[0.1, 0.2, 0.3])"
                    + "*rbf(lengthscale=[0.8, 2.0])";
    private static final double[][] W = {{0.5, 0.3}, {-1, 0.7}, {0.2, -0.4}};

    private static BoundCovariance bound(String text) {
        return Covariance.parse(text).bind(List.of("a", "b"), 3);
    }

    @Test
    void isTheProductOfWeightsAndTheInputsCovariance() {
        BoundCovariance k = bound(TWO_COLUMNS);
        double input = Math.exp(-0.5 * (0.5 * 0.5 / 0.64 + 1.2 * 1.2 / 4));
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double b = W[i][0] * W[j][0] + W[i][1] * W[j][1] + (i == j ? 0.1 * (i + 1) : 0);
                double[] x = {0.3, -0.5, i};
                double[] y = {-0.2, 0.7, j};
                assertThat(Pairs.signal(k, x, y)).isCloseTo(b * input, within(1e-15));
                if (i == j) {
                    assertThat(Pairs.diagonal(k, x)).isCloseTo(b, within(1e-15));
                }
            }
        }
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        BoundCovariance k = bound(TWO_COLUMNS);
        double[] at = k.coordinates().values();
        assertThat(at).hasSize(11);
        double h = 1e-6;
        for (double[] outputs : new double[][] {{0, 2}, {1, 1}}) {
            double[] x = {0.3, -0.5, outputs[0]};
            double[] y = {-0.2, 0.7, outputs[1]};
            double[] gradient = k.coordinates().gradient(Pairs.gradient(k, x, y));
            for (int c = 0; c < at.length; c++) {
                double[] there = at.clone();
                there[c] += h;
                double up = Pairs.signal(k.coordinates().at(there), x, y);
                there[c] -= 2 * h;
                double down = Pairs.signal(k.coordinates().at(there), x, y);
                assertThat(gradient[c]).isCloseTo((up - down) / (2 * h), within(1e-9));
            }
        }
    }

    @Test
    void givesEachOutputItsNoise() {
        BoundCovariance k = bound("coregion(rank=0, kappa=[0.1, 0.2, 0.4])*white(variance=0.5)");
        assertThat(Pairs.noise(k, new double[] {9, 9, 1})).isCloseTo(0.1, within(1e-16));
        assertThat(Pairs.noise(k, new double[] {9, 9, 2})).isCloseTo(0.2, within(1e-16));
        assertThat(k.noiseParameters())
                .containsExactlyInAnyOrder("coregion_kappa", "white_variance");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "coregion(rank=1)*rbf(ard); coregion(rank=1)*rbf(ard)",
                "coregion; coregion(rank=1)",
                "coregion(rank=0, kappa=0.2 fixed); coregion(rank=0, kappa=0.2 fixed)"
            })
    void printsWhatItReads(String given, String printed) {
        assertThat(Covariance.parse(given).text()).isEqualTo(printed);
        assertThat(Covariance.parse(printed).text()).isEqualTo(printed);
    }

    @Test
    void boundTextReadsBackToTheSameNumbers() {
        BoundCovariance k = bound("coregion(rank=2)*rbf + coregion(rank=0)*white");
        BoundCovariance again = bound(k.toString());
        assertThat(again.toString()).isEqualTo(k.toString());
        assertThat(again.uniforms().get("coregion_weights")).hasSize(6);
        assertThat(again.uniforms().get("coregion2_kappa")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1.0*rbf(ard) + white; coregion(rank=2)*rbf(ard)"
                        + " + coregion(rank=0)*white(variance=1.0 fixed)",
                "rbf + 2.0 fixed*linear; coregion(rank=2)*(rbf + 2.0 fixed*linear)",
                "rbf + white(variance=0.1 fixed);"
                        + " coregion(rank=2)*rbf + white(variance=0.1 fixed)",
                "coregion*rbf + white; coregion(rank=1)*rbf + white"
            })
    void intrinsicModelHasOneMatrixForTheSignal(String given, String mixed) {
        assertThat(Coregionalisation.intrinsic(Covariance.parse(given), 2).text()).isEqualTo(mixed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1.0*rbf + linear; coregion(rank=1)*rbf + coregion(rank=1)*linear",
                "1.0*rbf(lengthscale=0.75); coregion(rank=1)*rbf(lengthscale=0.75)"
                        + " + coregion(rank=1)*rbf(lengthscale=0.25)"
            })
    void linearModelHasAMatrixForEachTerm(String given, String mixed) {
        assertThat(Coregionalisation.linear(Covariance.parse(given), 1).text()).isEqualTo(mixed);
    }

    @Test
    void independentOutputsShareEverythingButTheirValues() {
        BoundCovariance k =
                Coregionalisation.independent(Covariance.parse("2.0*rbf + white"))
                        .bind(List.of("a", "b"), 3);
        assertThat(Pairs.signal(k, new double[] {0, 0, 1}, new double[] {0, 0, 1})).isEqualTo(2);
        assertThat(Pairs.signal(k, new double[] {0, 0, 1}, new double[] {0, 0, 2})).isZero();
        assertThat(k.coordinates().names())
                .containsExactly("scale", "rbf_lengthscale", "white_variance");
    }

    @Test
    void needsSeveralOutputs() {
        assertThatThrownBy(() -> Covariance.parse("coregion*rbf").bind(2))
                .hasMessageContaining("coregion: how several outputs vary together")
                .hasMessageContaining("leave it out");
        assertThatThrownBy(() -> bound("coregion(rank=1, weights=[1, 2])"))
                .hasMessageContaining("weights: 2 numbers; give 3");
        assertThatThrownBy(() -> Covariance.parse("coregion(rnak=1)"))
                .hasMessageContaining("did you mean rank?");
    }
}
