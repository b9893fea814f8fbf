package org.kernfield.field;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named figures of a fit, the leading one first; NaN where unknown. Names are those of the field:
 * {@code psnr} in decibels, {@code ssim}, {@code rmse}.
 */
public record Metrics(Map<String, Double> values) {
    public Metrics {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** No figure yet. */
    public static Metrics none() {
        return new Metrics(Map.of());
    }

    public static Metrics of(String name, double value) {
        return new Metrics(Map.of(name, value));
    }

    /** The figure called {@code name}, NaN if there is none. */
    public double get(String name) {
        return values.getOrDefault(name, Double.NaN);
    }
}
