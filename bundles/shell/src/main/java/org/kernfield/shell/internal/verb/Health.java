package org.kernfield.shell.internal.verb;

import org.kernfield.engine.FieldHandle;
import org.kernfield.engine.Job;
import org.kernfield.field.Predictive;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.Report;
import org.kernfield.field.Reporting;
import org.kernfield.field.TableTask;
import org.kernfield.numerics.predictive.Calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be said about how a field was fitted to a table or to photographs.
 *
 * @param lines for people
 * @param fields for scripts: {@code report}; where rows were held out {@code calibration}; the
 *     {@code missing} pictures and {@code remarks} on how the others were read
 * @param metrics scores on rows held out; empty where there are none
 */
record Health(List<String> lines, Map<String, Object> fields, Map<String, Double> metrics) {
    /** Missing pictures that are named to people. */
    private static final int NAMED = 10;

    private static final Health NOTHING = new Health(List.of(), Map.of(), Map.of());

    /** Of a finished job; nothing where it was fitted to something else. */
    static Health of(Job job) {
        return switch (job.task()) {
            case TableTask task -> of(job.field(), task);
            case RadianceTask task -> of(job.field(), task);
            default -> NOTHING;
        };
    }

    private static Health of(FieldHandle field, RadianceTask task) {
        var lines = new ArrayList<String>();
        lines.add(
                "%,d pictures, %,d held out".formatted(task.training().size(), task.held().size()));
        List<String> missing = task.missing();
        if (!missing.isEmpty()) {
            lines.add(
                    "%,d pictures that its cameras name were not found: %s%s"
                            .formatted(
                                    missing.size(),
                                    String.join(", ", missing.stream().limit(NAMED).toList()),
                                    missing.size() > NAMED ? ", …" : ""));
        }
        lines.addAll(task.remarks());
        var fields = new LinkedHashMap<String, Object>();
        fields.put("missing", missing);
        fields.put("remarks", task.remarks());
        report(field, lines, fields);
        return new Health(lines, fields, Map.of());
    }

    private static void report(FieldHandle field, List<String> lines, Map<String, Object> fields) {
        if (field.can(Reporting.class)) {
            Report report = field.use(Reporting.class, (r, compute) -> r.report());
            lines.addAll(report.lines());
            fields.put("report", report);
        }
    }

    private static Health of(FieldHandle field, TableTask task) {
        var lines = new ArrayList<String>();
        var fields = new LinkedHashMap<String, Object>();
        var metrics = new LinkedHashMap<String, Double>();
        // a density is of all columns, targets too
        boolean isOfAll = field.inputs() == task.inputs() + task.outputs();
        lines.add(
                "%,d rows of %,d %s%s"
                        .formatted(
                                task.rows(),
                                isOfAll ? field.inputs() : task.inputs(),
                                isOfAll ? "columns" : "inputs",
                                task.heldRows() == 0
                                        ? ""
                                        : ", %,d rows held out".formatted(task.heldRows())));
        report(field, lines, fields);
        if (task.heldRows() > 0 && field.can(Predictive.class)) {
            Calibration calibration = HeldScores.of(field, task);
            calibration.lines().forEach(line -> lines.add("held out: " + line));
            fields.put("calibration", calibration);
            metrics.put("rmse", calibration.rmse());
            metrics.put("nlpd", calibration.nlpd());
            metrics.put("coverage95", calibration.coverage95());
        }
        return new Health(lines, fields, metrics);
    }
}
