package org.kernfield.engine.internal;

import org.kernfield.field.Metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a fit last said of its quality; the first of its figures leads. */
final class Figures {
    private volatile Map<String, Double> values = Map.of();
    private volatile double firstSeconds = Double.NaN;
    private volatile boolean isLost;
    private boolean wasNumber;

    Map<String, Double> values() {
        return values;
    }

    /** When this process was so old the first number came; NaN before. */
    double firstSeconds() {
        return firstSeconds;
    }

    /** Whether the leading figure is NaN although it was a number before. */
    boolean areLost() {
        return isLost;
    }

    /**
     * Takes what a step gave; by one thread.
     *
     * @return whether it has the first number
     */
    boolean take(Metrics given) {
        var taken = new LinkedHashMap<>(given.values());
        double leading = taken.values().stream().findFirst().orElse(Double.NaN);
        values = taken;
        wasNumber |= !Double.isNaN(leading);
        isLost = wasNumber && Double.isNaN(leading);
        boolean isFirst =
                Double.isNaN(firstSeconds) && taken.values().stream().anyMatch(v -> !v.isNaN());
        if (isFirst) {
            firstSeconds = ProcessClock.seconds();
        }
        return isFirst;
    }
}
