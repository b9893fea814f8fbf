package org.kernfield.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.kernel.KernelException;

class CovarianceTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rbf",
                "2.0*matern52(ard) + 0.1",
                "rbf(lengthscale=[0.5, 2.0, 1.0E-7])",
                "(rbf + linear(offset=0.5))*rq(alpha=2.0, dims=[0, \"body mass\"])",
                "rbf(lengthscale=0.5 fixed, dims=age)^3",
                "2.0 fixed in [1.0, inf] ~ gamma(2.0, 0.5)*rbf",
                "rbf(ard, lengthscale=2.0 in [0.1, 10.0] ~ lognormal(0.0, 1.0)) +"
                        + " white(variance=0.01)",
                "polynomial(degree=3, offset=0.25)",
                "(2.0*rbf + white)^2*constant(value=3.0)",
                "linear(lengthscale=2.0)",
                "((rbf + white)^2)^3",
                "changepoint(rbf + white, 2.0*linear, location=-1.5, steepness=3.0, dims=age)^2",
                "nngp(ard, depth=3, activation=erf, bias=0.5)",
                "formula(exp(-(sqdist(x, y)/l^2)) + c*dot(x,y); l=0.7 fixed, c=[-1.0, 2.0],"
                        + " dims=[0, 1])",
                "formula(a*dot(x, y); a=0.7 in [-inf, inf])",
                "formula(\"input x[2]; param y[2]; out value = dot(x, y)\")"
            })
    void whatIsPrintedIsWhatWasParsed(String text) {
        assertThat(Covariance.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rbf()|rbf",
                "((rbf))|rbf",
                "2 * rbf(lengthscale=1)|2.0*rbf",
                "rbf + (linear + white)|rbf + linear + white",
                "rbf(lengthscale=[3])|rbf(ard, lengthscale=3.0)",
                "rbf(dims=[2])|rbf(dims=2)",
                "linear(ard)|linear(ard)"
            })
    void differentTextsOfOneValueArePrintedAlike(String text, String printed) {
        assertThat(Covariance.parse(text)).hasToString(printed);
    }

    @Test
    void whatIsBuiltInJavaIsWhatIsWritten() {
        Covariance built =
                Covariance.matern52()
                        .ard()
                        .on("age")
                        .scaled(2)
                        .plus(Covariance.rbf().with("lengthscale", 1, 2).pow(2))
                        .plus(Covariance.white().with("variance", 0.5));
        assertThat(built)
                .isEqualTo(
                        Covariance.parse(
                                "2*matern52(ard, dims=age) + rbf(lengthscale=[1,2])^2"
                                        + " + white(variance=0.5)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2*matern25(ard)|line 1, column 3: 'matern25' is no covariance; did you mean"
                        + " matern52?",
                "rbf(length=2)|column 5: 'length' is no parameter of rbf; use one of ard, dims,"
                        + " lengthscale",
                "rbf(lenghtscale=2)|column 5: 'lenghtscale' is no parameter of rbf; did you mean"
                        + " lengthscale?",
                "white(ard)|column 7: 'ard' is no parameter of white",
                "rbf(lengthscale=-1)|column 17: lengthscale: -1.0 is outside",
                "rbf(lengthscale=2 in [3, 4])|column 17: lengthscale: 2.0 is outside 3.0 to 4.0",
                "rbf(lengthscale=2 ~ normal(0, -1))|column 21: normal: deviation is -1.0",
                "rbf(lengthscale=2 ~ gama(1, 1))|column 21: 'gama' is no prior; did you mean"
                        + " gamma?",
                "rbf - linear|column 5: '-': covariances are added and multiplied only",
                "rbf^0.5|column 5: an exponent is 0.5; give a whole number",
                "rbf^17|column 5: a covariance to the power 17; use 1 to 16",
                "polynomial(degree=0)|column 19: degree is 0; use 1 to 16",
                "rbf rbf|column 5: 'rbf' after the end of the covariance",
                "rbf(|column 5: end of text where a parameter is needed"
            })
    void mistakesAreShownWithTheirPlace(String text, String message) {
        assertThatThrownBy(() -> Covariance.parse(text))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith("^");
    }

    @Test
    void hyperparametersAreListedInTheOrderOfTheText() {
        assertThat(Covariance.parse("2*rq(alpha=3) + white").hyperparameters())
                .extracting(Hyperparameter::name)
                .containsExactly("scale", "alpha", "lengthscale", "variance");
    }
}
