package org.kernfield.engine.internal;

import org.kernfield.field.Model;
import org.kernfield.field.RadianceTask;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the engine writes into a model's metadata: settings, seed, steps and metrics, never a time.
 * Everything is sorted by name, because the order of some JDK maps differs from run to run and the
 * same fit must give the same bytes.
 */
final class Labels {
    private Labels() {}

    static Model label(Model model, FitJob job) {
        Order order = job.order();
        var metadata = new TreeMap<>(model.metadata());
        metadata.put("seed", Long.toString(order.seed()));
        metadata.put("steps", Long.toString(job.pace().step()));
        metadata.put("settings", Json.write(portable(order.settings())));
        metadata.put("metrics", Json.write(figures(job.figures().values())));
        return new Model(
                model.representation(),
                model.version(),
                model.task(),
                new TreeMap<>(model.arrays()),
                metadata);
    }

    /**
     * Of a file whose place was made absolute its name alone, and nothing of where results go: the
     * same fit, the same bytes.
     */
    static Map<String, String> portable(Map<String, String> settings) {
        var portable = new TreeMap<>(settings);
        portable.remove(RadianceTask.WRITE_TEST_VIEWS);
        portable.replaceAll((name, text) -> isPlace(text) ? new File(text).getName() : text);
        return portable;
    }

    private static boolean isPlace(String text) {
        return new File(text).isAbsolute();
    }

    /** Figures as JSON numbers: an infinite one is ±999 and an unknown one is null. */
    static Map<String, Object> figures(Map<String, Double> metrics) {
        var figures = new LinkedHashMap<String, Object>();
        new TreeMap<>(metrics)
                .forEach(
                        (name, value) ->
                                figures.put(
                                        name,
                                        Double.isNaN(value)
                                                ? null
                                                : Double.isInfinite(value)
                                                        ? Double.valueOf(Math.copySign(999, value))
                                                        : value));
        return figures;
    }
}
