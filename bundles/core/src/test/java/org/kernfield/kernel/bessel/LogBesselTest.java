package org.kernfield.kernel.bessel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Against log_bessel.csv, which log_bessel.py beside it made. */
class LogBesselTest {
    private static final List<double[]> ROWS = rows();

    private static List<double[]> rows() {
        var in = LogBesselTest.class.getResourceAsStream("log_bessel.csv");
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(
                            line ->
                                    Arrays.stream(line.split(","))
                                            .mapToDouble(Double::parseDouble)
                                            .toArray())
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Errors over the table, of max(least, |value|), in order. */
    private static double[] errors(DoubleBinaryOperator f, int column, double least) {
        double[] errors =
                ROWS.stream()
                        .mapToDouble(
                                row ->
                                        Math.abs(f.applyAsDouble(row[0], row[1]) - row[column])
                                                / Math.max(least, Math.abs(row[column])))
                        .sorted()
                        .toArray();
        assertThat(errors.length).isGreaterThan(200);
        return errors;
    }

    /** DLMF 10.30.2 and 10.30.3; nothing in between may overflow. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 4e-307, 1e-308, 1e-315, Double.MIN_VALUE})
    void theSmallestArgumentsAreThoseOfTheLimit(double x) {
        double half = Math.log(x) - Math.log(2);
        assertThat(LogBessel.logK(0, x))
                .isCloseTo(Math.log(-half - 0.577215664901532861), within(1e-14));
        assertThat(LogBessel.logK(1, x)).isCloseTo(-Math.log(2) - half, within(1e-12));
        assertThat(LogBessel.logK(3, x)).isCloseTo(-3 * half, within(1e-11));
    }

    @Test
    void valuesAreNearMachinePrecision() {
        double[] k = errors(LogBessel::logK, 2, 1);
        double[] i = errors(LogBessel::logI, 5, 1);
        assertThat(k[k.length - 1]).isLessThan(1e-14);
        assertThat(i[i.length - 1]).isLessThan(1e-14);
        assertThat(k[k.length / 2]).isLessThan(1e-15);
        assertThat(i[i.length / 2]).isLessThan(1e-15);
    }

    @Test
    void slopesByTheArgumentHaveTwelveDigits() {
        double[] k = errors(LogBessel::logKByX, 3, 0);
        double[] i = errors(LogBessel::logIByX, 6, 0);
        assertThat(k[k.length - 1]).isLessThan(1e-12);
        assertThat(i[i.length - 1]).isLessThan(1e-12);
    }

    /** Of orders near 0 the slope of K is as small as they are. */
    @Test
    void slopesByTheOrderHaveTwelveDigits() {
        double[] k = errors(LogBessel::logKByOrder, 4, 1e-3);
        double[] i = errors(LogBessel::logIByOrder, 7, 1e-3);
        assertThat(k[k.length - 1]).isLessThan(1e-12);
        assertThat(i[i.length - 1]).isLessThan(1e-12);
    }

    /** K_½ = √(π/2x) e^−x and I_½ = √(2/πx) sinh x. */
    @ParameterizedTest
    @CsvSource({"1e-10", "0.3", "2", "2.0000001", "29", "31", "1e3", "1e6"})
    void orderOfAHalfIsElementary(double x) {
        double k = 0.5 * Math.log(Math.PI / (2 * x)) - x;
        double sinh = x < 20 ? Math.log(Math.sinh(x)) : x - Math.log(2);
        double i = 0.5 * Math.log(2 / (Math.PI * x)) + sinh;
        assertThat(LogBessel.logK(0.5, x)).isCloseTo(k, within(1e-14 * Math.max(1, Math.abs(k))));
        assertThat(LogBessel.logI(0.5, x)).isCloseTo(i, within(1e-14 * Math.max(1, Math.abs(i))));
    }

    @Test
    void limitsAreKept() {
        double inf = Double.POSITIVE_INFINITY;
        assertThat(LogBessel.logK(2, 0)).isEqualTo(inf);
        assertThat(LogBessel.logK(2, inf)).isEqualTo(-inf);
        assertThat(LogBessel.logI(0, 0)).isZero();
        assertThat(LogBessel.logI(2, 0)).isEqualTo(-inf);
        assertThat(LogBessel.logI(2, inf)).isEqualTo(inf);
        assertThat(LogBessel.logK(2, -1)).isNaN();
        assertThat(LogBessel.logI(-2, 1)).isNaN();
        assertThat(LogBessel.logK(Double.NaN, 1)).isNaN();
        assertThat(LogBessel.logI(1, Double.NaN)).isNaN();
        assertThat(LogBessel.logK(-1.5, 3)).isEqualTo(LogBessel.logK(1.5, 3));
        assertThat(LogBessel.logKByOrder(-1.5, 3)).isEqualTo(-LogBessel.logKByOrder(1.5, 3));
    }
}
