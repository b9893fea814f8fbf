package org.kernfield.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CovarianceTest {
    private static final double[] X = {0.3, -0.5};
    private static final double[] Y = {-0.2, 0.7};

    /** s = |x − y|² = 1.69. */
    private static double value(String text, double[] x, double[] y) {
        var covariance = Covariance.parse(text, 2, Precision.F64);
        var at = Values.of("x", x).and("y", y);
        for (var parameter : covariance.parameters().entrySet()) {
            at = at.and(parameter.getKey(), parameter.getValue());
        }
        return at.in(covariance.kernel())[0];
    }

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
                "cosine(period=3)|0.10452846326765347",
                "linear(offset=0.5)|0.09",
                "linear + constant(value=3)|2.59",
                "(linear + 2)*3|4.77",
                "white(variance=0.2) + constant|1"
            })
    void valuesAreThoseWorkedOutApart(String text, double expected) {
        assertThat(value(text, X, Y)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void whiteNoiseIsWhereTheRowsAreEqual() {
        assertThat(value("white(variance=0.2)", X, X)).isEqualTo(0.2);
        assertThat(value("white(variance=0.2)", X, Y)).isZero();
    }

    @Test
    void periodicRepeats() {
        double near = value("periodic(period=0.5, lengthscale=0.7)", X, Y);
        assertThat(value("periodic(period=0.5, lengthscale=0.7)", X, new double[] {0.3, 1.2}))
                .isCloseTo(near, within(1e-12));
        double sine = Math.sin(Math.PI * 1.2 / 0.5);
        assertThat(near).isCloseTo(Math.exp(-2 * sine * sine / 0.49), within(1e-12));
    }

    @Test
    void numbersAreInitialValuesOfNamedUniforms() {
        var covariance =
                Covariance.parse(
                        "2.0*matern52(ard) + periodic(period=3)*rbf + 0.1*rbf", 3, Precision.F32);
        assertThat(covariance.parameters().keySet())
                .containsExactly(
                        "scale",
                        "matern52_rate",
                        "periodic_period",
                        "periodic_lengthscale",
                        "rbf_lengthscale",
                        "scale2",
                        "rbf2_lengthscale");
        assertThat(covariance.parameters().get("matern52_rate")).containsExactly(1, 1, 1);
        assertThat(covariance.kernel().program().instructions())
                .filteredOn(i -> i instanceof Instruction.Contract)
                .hasSize(2);
        Kernel there = Kernel.parse(covariance.kernel().toText());
        assertThat(there.fingerprint()).isEqualTo(covariance.kernel().fingerprint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2*matern5(ard)|line 1, column 3: 'matern5' is no covariance; use one of [constant",
                "rbf(length=2)|column 5: 'length' is no parameter of rbf; it has [ard,"
                        + " lengthscale]",
                "periodic(ard)|column 10: 'ard' is no parameter of periodic",
                "rbf(lengthscale=-1)|column 17: lengthscale is -1.0; use a number above 0",
                "rbf - linear|column 5: '-': covariances are added and multiplied only",
                "rbf^0.5|column 5: an exponent is 0.5; give a whole number",
                "rbf rbf|column 5: 'rbf' after the end of the covariance",
                "rbf(|column 5: end of text where a parameter is needed"
            })
    void mistakesAreShownWithTheirPlace(String text, String message) {
        assertThatThrownBy(() -> Covariance.parse(text, 2, Precision.F32))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith("^");
    }
}
