package org.kernfield.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slopes where what was not chosen is infinite or NaN, or has such a slope. */
class UntakenBranchTest {
    private static double slope(String formula, String by, double x, double y) {
        Kernel kernel = Kernel.parse("input x; input y; param p;" + formula);
        return Values.of("x", x).and("y", y).and("p", x).in(kernel.jacobian(by))[0];
    }

    /** A limit that holds has the slope 0 whatever it limits. */
    @ParameterizedTest
    @CsvSource({
        "'max(2*sqrt(x), 1e-3)', 0",
        "'max(log(x)*0.5, -10)', 0",
        "'-max(log(x)*0.5, -10)', 0",
        "'min(max(2/x, -1), 1)', 0",
        "'2*min(3 - log(x), 1)', 0",
        "'min(2*exp(x), 100)', 1000",
        "'min(y*exp(x), 100)', 1000"
    })
    void limitsCutOffInfiniteSlopes(String formula, double x) {
        assertThat(slope("out z = " + formula, "x", x, 2)).isEqualTo(0, within(0.0));
    }

    @ParameterizedTest
    @CsvSource({
        "'select(x < 10, 2*exp(x), 0)', x",
        "'select(p < 10, 2*exp(p), 0)', p",
        "'select(x < 10, exp(x)*y, 0)', x",
        "'select(x < 10, exp(x)*y, 0)', y",
        "'select(p < 10, exp(p)*y, 0)', y",
        "'select(x < 10, fma(exp(x), y, x), 0)', x",
        "'select(x < 10, fma(exp(x), y, x), 0)', y",
        "'select(x < 10, 1 - expm1(x)*y, 0)', y",
        "'select(x < 10, -expm1(2*x), 0)', x",
        "'select(exp(x) < 10, exp(x)*y, 0)', y",
        "'min(exp(p)*y, 10)', y"
    })
    void overflowThatWasNotChosenHasNoInfluence(String formula, String by) {
        assertThat(slope("out z = " + formula, by, 1000, 2)).isEqualTo(0, within(0.0));
    }

    /** All of them pass through l, the slope of which is infinite at 0. */
    @ParameterizedTest
    @CsvSource({
        "'select(0 < x, x*l, 0) + select(1 < x, l, 0)', 0, 0",
        "'select(0 < x, x*l, 0) + select(1 < x, l, 0)', 0.5, 0.30685281944005469",
        "'select(0 < x, x*l, 0) + select(1 < x, l, 0)', 2, 2.19314718055994531",
        "'select(0 < x, x*l, 0) + select(0 < x, l, 0)', 0, 0",
        "'select(0 < x, x*l, 0) - select(x <= 0, x, l)', 0, -1",
        "'select(0 < x, l, 0) + select(1 < x, l, 0) + select(2 < x, l, 0)', 0, 0",
        "'select(0 < x, l, 0) + select(1 < x, l, 0) + select(2 < x, l, 0)', 1.6, 1.25",
        "'select(0 < x, select(y < x, l, 2*l), 3) + max(-7, l)', 0, 0",
        "'select(0 < x, select(y < x, l, 2*l), 3) + max(-7, l)', 4, 0.5"
    })
    void branchesMayShareWhatTheyReach(String formula, double x, double expected) {
        assertThat(slope("l = log(x); out z = " + formula, "x", x, 2))
                .isCloseTo(expected, within(1e-15));
    }

    /** The second condition is false at 3, as the last branch needs, but not asked there. */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 0.33333333333333333", "8, 0.25"})
    void choiceThatWasNotMadeDecidesNothing(double x, double expected) {
        String formula = "l = log(x); out z = select(x < 5, l, select(x < 2, 3, 2*l))";
        assertThat(slope(formula, "x", x, 0)).isCloseTo(expected, within(1e-15));
    }

    @Test
    void manyBranchesMayShareWhatTheyReach() {
        var formula = new StringBuilder("l = log(x); out z = 0");
        for (int k = 0; k < 100; k++) {
            formula.append(" + select(").append(k).append(" < x, l, 0)");
        }
        assertThat(slope(formula.toString(), "x", 0, 0)).isZero();
        assertThat(slope(formula.toString(), "x", 50.5, 0)).isCloseTo(51 / 50.5, within(1e-14));
    }

    /** Deep formulas must not need a deep stack. */
    @Test
    void choicesMayBeNestedTenThousandDeep() {
        var k = Kernel.build("deep");
        Expr x = k.input("x");
        Expr y = x;
        for (int n = 1; n <= 10_000; n++) {
            y = y.max(x.minus(n).abs().sqrt());
        }
        k.output("y", y);
        assertThat(Values.of("x", 9_999).in(k.done().jacobian("x"))[0]).isEqualTo(1);
    }
}
