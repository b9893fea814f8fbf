package org.kernfield.reference.internal;

/** Numbers from {@code low} to {@code high}; NaN at either end stands for anything. */
record Interval(double low, double high) {
    static final Interval ZERO = new Interval(0, 0);
    static final Interval ONE = new Interval(1, 1);

    static Interval of(double value) {
        return new Interval(value, value);
    }

    Interval plus(Interval other) {
        return new Interval(low + other.low, high + other.high);
    }

    Interval minus(Interval other) {
        return new Interval(low - other.high, high - other.low);
    }

    Interval times(Interval other) {
        double p = low * other.low;
        double q = low * other.high;
        double r = high * other.low;
        double s = high * other.high;
        return new Interval(
                Math.min(Math.min(p, q), Math.min(r, s)), Math.max(Math.max(p, q), Math.max(r, s)));
    }

    Interval times(double factor) {
        return times(of(factor));
    }

    /** The smallest interval that holds both. */
    Interval or(Interval other) {
        return new Interval(Math.min(low, other.low), Math.max(high, other.high));
    }

    /** Both ends moved outwards. */
    Interval widened(double by) {
        return by == 0 ? this : new Interval(low - by, high + by);
    }

    /** Both ends moved outwards by a share of their size. */
    Interval rounded(double unit) {
        return unit == 0
                ? this
                : new Interval(low - unit * Math.abs(low), high + unit * Math.abs(high));
    }

    double magnitude() {
        return Math.max(Math.abs(low), Math.abs(high));
    }
}
