package org.kernfield.shell.internal.bench;

/**
 * One thing measured.
 *
 * @param name what
 * @param value null where the backend could not do it
 * @param unit of value and limit
 * @param limit the best this machine can do, null where nobody knows
 * @param peer the same work as a plain Java loop does it, null where it was not measured
 * @param note why there is no value; else empty
 */
public record Figure(
        String name, Double value, String unit, Double limit, Double peer, String note) {
    static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, null, null, "");
    }

    static Figure of(String name, double value, String unit, Double limit) {
        return new Figure(name, value, unit, limit, null, "");
    }

    static Figure missing(String name, String unit, String why) {
        return new Figure(name, null, unit, null, null, why);
    }

    /** Of the limit; null without one. */
    public Double ratio() {
        return value == null || limit == null ? null : value / limit;
    }
}
