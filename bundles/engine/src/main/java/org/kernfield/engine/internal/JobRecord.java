package org.kernfield.engine.internal;

import org.kernfield.engine.JobState;
import org.kernfield.engine.JobStatus;
import org.kernfield.engine.Policy;
import org.kernfield.engine.Setbacks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A job as the texts of its record, and back. */
final class JobRecord {
    private static final String SETTING = "setting.";
    private static final String METRIC = "metric.";

    private JobRecord() {}

    static Map<String, String> of(
            Order order, int version, JobStatus status, long created, String check) {
        var record = new TreeMap<String, String>();
        record.put("created", Long.toString(created));
        record.put("state", status.state().name());
        record.put("input", status.input());
        record.put("inputKind", order.input() == null ? "memory" : "file");
        record.put("inputCheck", check);
        record.put("task", status.task());
        record.put("representation", order.representation());
        record.put("version", Integer.toString(version));
        order.settings().forEach((name, text) -> record.put(SETTING + name, text));
        put(record, "steps", order.steps());
        put(record, "seconds", order.seconds());
        record.put("isCeiling", Boolean.toString(order.isCeiling()));
        record.put("seed", Long.toString(order.seed()));
        record.put("threads", Integer.toString(order.threads()));
        record.put("memory", Long.toString(order.memory()));
        put(record, "backend", order.backend());
        record.put("policy", order.policy().name());
        put(record, "output", order.output());
        record.put("lastBackend", status.backend());
        record.put("step", Long.toString(status.step()));
        record.put("spent", Double.toString(status.seconds()));
        record.put("fraction", Double.toString(status.fraction()));
        status.metrics().forEach((name, v) -> record.put(METRIC + name, Double.toString(v)));
        record.put("stepsAgain", Long.toString(status.setbacks().stepsAgain()));
        record.put("faults", Integer.toString(status.setbacks().faults()));
        record.put("brokenOff", Integer.toString(status.setbacks().brokenOff()));
        record.put("why", status.why());
        return record;
    }

    private static void put(Map<String, String> record, String key, Object value) {
        if (value != null) {
            record.put(key, value.toString());
        }
    }

    /** The order with its task left out: null until the input is read again. */
    static Order order(Map<String, String> record) {
        var settings = new LinkedHashMap<String, String>();
        record.forEach(
                (key, text) -> {
                    if (key.startsWith(SETTING)) {
                        settings.put(key.substring(SETTING.length()), text);
                    }
                });
        String steps = record.get("steps");
        String seconds = record.get("seconds");
        return new Order(
                record.get("inputKind").equals("file") ? Path.of(record.get("input")) : null,
                null,
                record.get("representation"),
                Integer.parseInt(record.get("version")),
                settings,
                steps == null ? null : Long.valueOf(steps),
                seconds == null ? null : Double.valueOf(seconds),
                Boolean.parseBoolean(record.get("isCeiling")),
                Long.parseLong(record.get("seed")),
                Integer.parseInt(record.get("threads")),
                Long.parseLong(record.getOrDefault("memory", "0")),
                record.get("backend"),
                Policy.valueOf(record.getOrDefault("policy", Policy.BEST.name())),
                record.containsKey("output") ? Path.of(record.get("output")) : null);
    }

    /** Whether the record tells how the job ended; false for a state of another version. */
    static boolean isEnded(Map<String, String> record) {
        String state = record.getOrDefault("state", "FAILED");
        return Arrays.stream(JobState.values()).anyMatch(s -> s.isEnd() && s.name().equals(state));
    }

    /**
     * Whether the job can go on: from its checkpoint, or, if it ended before it had one, from its
     * beginning, provided that its input is a file.
     */
    static boolean canResume(Map<String, String> record, boolean hasState) {
        if (record.isEmpty()) {
            return false;
        }
        return switch (record.getOrDefault("state", "FAILED")) {
            case "DONE" -> false;
            case "FAILED" -> hasState;
            default -> hasState || "file".equals(record.get("inputKind"));
        };
    }

    /**
     * A stored job as people see it.
     *
     * @throws IllegalArgumentException if another version wrote what this one cannot read
     */
    static JobStatus status(JobStore.Stored stored) {
        Map<String, String> record = stored.record();
        var metrics = new LinkedHashMap<String, Double>();
        record.forEach(
                (key, text) -> {
                    if (key.startsWith(METRIC)) {
                        metrics.put(key.substring(METRIC.length()), Double.valueOf(text));
                    }
                });
        JobState state = JobState.valueOf(record.getOrDefault("state", "FAILED"));
        String why = record.getOrDefault("why", "");
        if (!state.isEnd() && !stored.isLive()) {
            boolean canResume = canResume(record, stored.hasState());
            state = canResume ? JobState.STOPPED : JobState.FAILED;
            why =
                    canResume
                            ? "its process ended; resume it"
                            : "its process ended before a checkpoint; start it anew";
        }
        return new JobStatus(
                stored.id(),
                state,
                record.getOrDefault("input", ""),
                record.getOrDefault("task", ""),
                record.getOrDefault("representation", ""),
                record.getOrDefault("lastBackend", ""),
                Long.parseLong(record.getOrDefault("seed", "0")),
                Long.parseLong(record.getOrDefault("step", "0")),
                metrics,
                0,
                Double.parseDouble(record.getOrDefault("fraction", "0")),
                Double.parseDouble(record.getOrDefault("spent", "0")),
                Double.NaN,
                Double.NaN,
                record.getOrDefault("output", ""),
                new Setbacks(
                        Long.parseLong(record.getOrDefault("stepsAgain", "0")),
                        Integer.parseInt(record.getOrDefault("faults", "0")),
                        Integer.parseInt(record.getOrDefault("brokenOff", "0"))),
                why);
    }
}
