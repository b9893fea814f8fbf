package org.kernfield.shell.internal.progress;

import org.kernfield.engine.JobState;
import org.kernfield.engine.JobStatus;

import java.util.ArrayList;
import java.util.Locale;

/** A job's status as one line. */
final class ProgressLine {
    private static final int WIDEST_BAR = 40;
    private static final int NARROWEST_BAR = 8;

    private ProgressLine() {}

    /** At most {@code width} characters, with a bar that fills what the figures leave. */
    static String bar(JobStatus status, int width) {
        String figures = String.join("  ", figures(status));
        int room = Math.min(WIDEST_BAR, width - figures.length() - 5);
        if (room < NARROWEST_BAR) {
            return figures.substring(0, Math.min(figures.length(), Math.max(0, width)));
        }
        int done = (int) Math.round(Math.clamp(status.fraction(), 0, 1) * room);
        return "[" + "#".repeat(done) + "·".repeat(room - done) + "]  " + figures;
    }

    static String plain(JobStatus status) {
        return status.id() + ": " + String.join(", ", figures(status));
    }

    private static ArrayList<String> figures(JobStatus status) {
        var figures = new ArrayList<String>();
        figures.add("%3.0f %%".formatted(100 * Math.clamp(status.fraction(), 0, 1)).strip());
        boolean rests =
                switch (status.state()) {
                    case WAITING, PAUSED, SUSPENDED -> true;
                    default -> false;
                };
        if (rests) {
            figures.add(status.state().name().toLowerCase(Locale.ROOT) + ": " + status.why());
            return figures;
        }
        status.metrics().entrySet().stream()
                .filter(m -> Double.isFinite(m.getValue()))
                .findFirst()
                .ifPresent(m -> figures.add(metric(m.getKey(), m.getValue())));
        if (status.stepsPerSecond() > 0) {
            figures.add(rate(status.stepsPerSecond()) + " steps/s");
        }
        if (Double.isFinite(status.secondsLeft()) && status.state() == JobState.RUNNING) {
            figures.add(duration(status.secondsLeft()) + " left");
        }
        return figures;
    }

    private static String metric(String name, double value) {
        return name.toLowerCase(Locale.ROOT).endsWith("psnr")
                ? "%s %.2f dB".formatted(name, value)
                : "%s %.4g".formatted(name, value);
    }

    private static String rate(double perSecond) {
        return (perSecond >= 100 ? "%.0f" : perSecond >= 10 ? "%.1f" : "%.2f").formatted(perSecond);
    }

    static String duration(double seconds) {
        long whole = (long) Math.ceil(seconds);
        return whole < 60
                ? whole + " s"
                : whole < 3600
                        ? "%d:%02d min".formatted(whole / 60, whole % 60)
                        : "%d:%02d h".formatted(whole / 3600, whole / 60 % 60);
    }
}
