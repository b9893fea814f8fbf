package org.kernfield.gp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.field.Metrics;
import org.kernfield.field.Predictive;
import org.kernfield.field.TableTask;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An independent float64 computation in numpy with fixed hyper-parameters, to 1e-8. */
class OracleTest {
    /** 1e-8 as a percentage. */
    private static final double TOLERANCE = 1e-6;

    private final Backend cpu = Runs.cpu();

    @ParameterizedTest
    @ValueSource(strings = {"yacht", "autompg", "housing", "stock", "energy", "concrete"})
    void agreesAtFixedHyperparameters(String name) throws IOException {
        TableTask table = UciTable.read(name, 0);
        String all = Files.readString(UciTable.DATA.resolve("refs/gp_oracle.json"));
        String own = all.substring(all.indexOf('"' + name + '"'));
        String kernel =
                "%s fixed * rbf(lengthscale=%s fixed) + white(variance=%s fixed)"
                        .formatted(
                                number(own, "signal_variance"),
                                Arrays.toString(numbers(own, "length_scales")),
                                number(own, "noise_variance"));
        try (var runs = new Runs(cpu)) {
            var fitted = runs.fit(table, "kernel", kernel, "restarts", "0");

            Metrics metrics = fitted.metrics();
            close("log marginal", metrics.get("logMarginal"), number(own, "log_marginal"));
            close("rmse", metrics.get("rmse"), number(own, "rmse"));
            close("nlpd", metrics.get("nlpd"), number(own, "nlpd"));
            int d = table.inputs();
            Array first = Array.of(d, Arrays.copyOf(table.held().x(), 5 * d));
            var told =
                    fitted.field()
                            .predict(first, Predictive.Wanted.VARIANCE, false, runs.compute());
            var units = Problem.of(table, fitted.settings()).units();
            double unit = units.targetScale()[0];
            for (int i = 0; i < 5; i++) {
                double mean = (told.mean().get(i) - units.targetMean()[0]) / unit;
                close("mean " + i, mean, numbers(own, "first5_mean")[i]);
                double variance = told.variance().get(i) / (unit * unit);
                close("variance " + i, variance, numbers(own, "first5_var")[i]);
            }
        }
    }

    private static void close(String what, double given, double expected) {
        assertThat(given).as(what).isCloseTo(expected, withinPercentage(TOLERANCE));
    }

    private static double number(String json, String key) {
        return Double.parseDouble(value(json, key, "([-+.\\deE]+)"));
    }

    private static double[] numbers(String json, String key) {
        return Arrays.stream(value(json, key, "\\[([^\\]]*)]").split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static String value(String json, String key, String pattern) {
        Matcher found = Pattern.compile('"' + key + "\":\\s*" + pattern).matcher(json);
        assertThat(found.find()).as(key).isTrue();
        return found.group(1);
    }
}
