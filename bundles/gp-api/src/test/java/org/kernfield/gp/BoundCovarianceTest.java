package org.kernfield.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;

import java.util.List;
import java.util.Map;

class BoundCovarianceTest {
    private static final double[] X = {0.3, -0.5};
    private static final double[] Y = {-0.2, 0.7};

    /** Worked out by hand with s = |x − y|² = 1.69 and x·y = −0.41. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rbf|0.42955735821073915",
                "rbf(lengthscale=2)|0.8095716486678869",
                "2.5*rbf(ard)|1.073893395526848",
                "matern12|0.2725317930340126",
                "matern52(lengthscale=2)|0.7381350303135705",
                "rq(alpha=2)|0.49419170313904404",
                "rq(alpha=2)^2|0.244225439451469",
                "rbf(dims=1)|0.4867522559599717",
                "rbf(dims=b, lengthscale=[2])|0.8352702114112720",
                "linear(offset=0.5)|0.09",
                "linear(lengthscale=[1, 2])|-0.1475",
                "polynomial(degree=3)|0.205379",
                "linear + constant(value=3)|2.59",
                "(linear + 2)*3|4.77",
                "white(variance=0.2) + constant|1"
            })
    void signalsAreThoseWorkedOutApart(String text, double expected) {
        var bound = Covariance.parse(text).bind(List.of("a", "b"));
        assertThat(Pairs.signal(bound, X, Y)).isCloseTo(expected, within(1e-12));
        assertThat(Pairs.signal(bound, Y, X)).isEqualTo(Pairs.signal(bound, X, Y));
    }

    /** |x|² = 0.34. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rbf|1|0",
                "2*rbf + white(variance=0.1)|2|0.1",
                "0.5*(rbf + white(variance=0.1))|0.5|0.05",
                "(2 + white(variance=3))^2|4|21",
                // 2·2.34 − 0.34
                "(rbf + white)*(linear + 2*white)|0.34|4.34",
                "white(variance=0.2)|0|0.2",
                "white*linear|0|0.34"
            })
    void noiseIsWhatWhiteAddsToARow(String text, double variance, double noise) {
        var bound = Covariance.parse(text).bind(2);
        assertThat(Pairs.diagonal(bound, X)).isCloseTo(variance, within(1e-14));
        assertThat(Pairs.signal(bound, X, X)).isCloseTo(variance, within(1e-14));
        assertThat(Pairs.noise(bound, X)).isCloseTo(noise, within(1e-14));
        assertThat(bound.noise().isPresent()).isEqualTo(noise != 0);
    }

    @Test
    void hyperparametersHaveNamesOfTheirOwn() {
        var bound =
                Covariance.parse("2.0*matern52(ard) + rq(alpha=3)*rbf + 0.1*rbf + white").bind(3);
        assertThat(bound.hyperparameters())
                .extracting(Hyperparameter::name)
                .containsExactly(
                        "scale",
                        "matern52_lengthscale",
                        "rq_alpha",
                        "rq_lengthscale",
                        "rbf_lengthscale",
                        "scale2",
                        "rbf2_lengthscale",
                        "white_variance");
        assertThat(bound.scaleParameters()).containsExactlyInAnyOrder("scale", "scale2");
        assertThat(bound.hyperparameters().get(1).values()).containsExactly(1.0, 1.0, 1.0);
        assertThat(bound.uniforms(bound.signal())).doesNotContainKey("white_variance");
        assertThat(bound.uniforms(bound.noise().orElseThrow())).containsOnlyKeys("white_variance");
    }

    @Test
    void distancesOfAllColumnsAreContractions() {
        Kernel kernel = Covariance.parse("2.0*matern52(ard) + rbf").bind(8).signal();
        assertThat(kernel.program().instructions())
                .filteredOn(i -> i instanceof Instruction.Contract)
                .hasSize(2);
        assertThat(Kernel.parse(kernel.toText()).fingerprint()).isEqualTo(kernel.fingerprint());
    }

    @Test
    void otherValuesKeepTheKernelAndArePrinted() {
        var bound = Covariance.parse("2.0*rbf(ard) + white").bind(2);
        var other =
                bound.with(
                        Map.of(
                                "rbf_lengthscale",
                                new double[] {0.5, 4},
                                "white_variance",
                                new double[] {0.25}));
        assertThat(other.signal()).isSameAs(bound.signal());
        assertThat(other.uniforms().get("rbf_rate")).containsExactly(2, 0.25);
        assertThat(other).hasToString("2.0*rbf(lengthscale=[0.5, 4.0]) + white(variance=0.25)");
        var again = Covariance.parse(other.toString()).bind(2);
        assertThat(again.hyperparameters()).isEqualTo(other.hyperparameters());
        assertThat(again.signal().fingerprint()).isEqualTo(bound.signal().fingerprint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rbf(lengthscale=[1,2,3])|lengthscale: 3 numbers; give 2, or one for all",
                "rbf(dims=2)|dims=2: no such column; use 0 to 1",
                "rbf(dims=wdith)|dims=wdith: no such column; did you mean width?"
            })
    void columnsThatAreNotThereAreNamed(String text, String message) {
        assertThatThrownBy(() -> Covariance.parse(text).bind(List.of("width", "height")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void lengthScalesOfSomeColumnsSayWhichTheyAre() {
        var names = List.of("age", "size", "mass");
        var k = Covariance.parse("rbf(ard, dims=[mass, 0]) + rbf + matern32(ard)").bind(names);

        assertThat(k.columns("rbf_lengthscale")).containsExactly("mass", "age");
        assertThat(k.columns("rbf2_lengthscale")).isEmpty();
        assertThat(k.columns("matern32_lengthscale")).isEqualTo(names);
        assertThatThrownBy(() -> k.columns("period")).hasMessageContaining("period");
    }

    @Test
    void aFormulaWithinIsNoticed() {
        assertThat(Covariance.parse("2*(rbf + formula(dot(x, y))^2)").bind(1).hasFormula())
                .isTrue();
        assertThat(Covariance.parse("2*(rbf + linear^2) + white").bind(1).hasFormula()).isFalse();
    }
}
