package org.kernfield.shell.internal.verb;

import org.kernfield.engine.JobStatus;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Reply;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a fit came to.
 *
 * @param status the job's last status
 * @param outputs where the results are; pictures may be missing
 * @param pictures whether there is a rendering
 * @param errorScale difference shown lightest in the error map; NaN without a map
 * @param parameters float32 equivalents
 * @param bytes size of the model file
 * @param metrics of the results as they were written, null for unknown
 * @param health what else is to be said about a fit to a table
 */
record FitReport(
        JobStatus status,
        Outputs outputs,
        boolean pictures,
        double errorScale,
        long parameters,
        long bytes,
        Map<String, Double> metrics,
        Health health)
        implements Reply {
    @Override
    public Map<String, ?> fields() {
        var fields =
                Facts.map(
                        "model", outputs.model().toString(),
                        "representation", status.representation(),
                        "task", status.task(),
                        "backend", status.backend(),
                        "seed", status.seed(),
                        "steps", status.step(),
                        "seconds", milliseconds(status.seconds()),
                        "firstResultSeconds", milliseconds(status.firstResultSeconds()),
                        "parameters", parameters,
                        "bytes", bytes,
                        "rendered", pictures ? outputs.rendered().toString() : null,
                        "errorMap", hasMap() ? outputs.errorMap().toString() : null,
                        "metrics", new LinkedHashMap<>(metrics),
                        "job", status.id());
        fields.putAll(health.fields());
        return fields;
    }

    private boolean hasMap() {
        return Double.isFinite(errorScale);
    }

    private static Double milliseconds(double seconds) {
        return Double.isFinite(seconds) ? Math.round(1000 * seconds) / 1000.0 : null;
    }

    @Override
    public String text() {
        var text = new StringBuilder();
        text.append(
                "%s: %s, %,d steps in %.1f s on %s%s%n"
                        .formatted(
                                status.input(),
                                status.representation(),
                                status.step(),
                                status.seconds(),
                                status.backend(),
                                firstFigure()));
        metrics.forEach((name, value) -> text.append(figure(name, value)));
        text.append(
                "%,d parameters, %s, seed %d%n".formatted(parameters, size(bytes), status.seed()));
        health.lines().forEach(line -> text.append("  ").append(line).append('\n'));
        text.append("  model      ").append(outputs.model());
        if (pictures) {
            text.append("%n  rendering  %s".formatted(outputs.rendered()));
        }
        if (hasMap()) {
            text.append(
                    "%n  error map  %s (dark 0, lightest %.3f or more)"
                            .formatted(outputs.errorMap(), errorScale));
        }
        return text.toString();
    }

    private String firstFigure() {
        double seconds = status.firstResultSeconds();
        return Double.isNaN(seconds) ? "" : ", first figure after %.1f s".formatted(seconds);
    }

    private static String figure(String name, Double value) {
        String shown =
                switch (name) {
                    case "psnr" ->
                            "PSNR " + (value == null ? "unknown" : "%.2f dB".formatted(value));
                    case "ssim" -> value == null ? "" : "SSIM %.4f".formatted(value);
                    default -> name + " " + (value == null ? "unknown" : "%.5g".formatted(value));
                };
        return shown.isEmpty() ? "" : shown + ", ";
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? "%.1f KB".formatted(bytes / 1e3)
                : "%.2f MB".formatted(bytes / 1e6).toUpperCase(Locale.ROOT);
    }
}
