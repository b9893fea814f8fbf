package org.kernfield.shell.internal.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A range of numbers laid along a line.
 *
 * @param low smallest number shown
 * @param high largest number shown, above the smallest
 * @param from pixel of the smallest
 * @param to pixel of the largest; may be less
 */
record Axis(double low, double high, double from, double to) {
    /** A number that is written at an axis. */
    record Tick(double value, String text) {}

    /** A range that holds all of {@code values} and a little more; NaN is passed over. */
    static double[] around(double... values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, Double.isNaN(value) ? low : value);
            high = Math.max(high, Double.isNaN(value) ? high : value);
        }
        if (!(low <= high)) {
            return new double[] {0, 1};
        }
        double least = Math.max(Math.abs(low), Math.abs(high)) * 1e-9;
        double margin = high - low > least ? 0.04 * (high - low) : Math.max(least, 0.5);
        return new double[] {low - margin, high + margin};
    }

    double place(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    /**
     * Round numbers within the range: multiples of 1, 2 or 5 times a power of ten.
     *
     * @param most how many there may be, at least 2
     */
    List<Tick> ticks(int most) {
        double step = step((high - low) / most);
        var ticks = new ArrayList<Tick>();
        double first = Math.ceil(low / step - 1e-9);
        for (double k = first; k * step <= high + 1e-9 * step; k++) {
            ticks.add(new Tick(k * step, text(k * step, step)));
        }
        return ticks;
    }

    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= least * (1 - 1e-12)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** As many digits as tell it from its neighbours. */
    private static String text(double value, double step) {
        double size = Math.max(Math.abs(value), step);
        if (Math.abs(value) < step / 2) {
            return "0";
        }
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        if (size >= 1e6 || decimals > 5) {
            int digits = (int) Math.round(Math.log10(Math.abs(value)) - Math.log10(step) + 0.5);
            String text = String.format(Locale.ROOT, "%." + Math.clamp(digits, 0, 15) + "e", value);
            return text.replaceFirst("\\.?0*e", "e")
                    .replaceFirst("e([+-])0", "e$1")
                    .replace("e+", "e");
        }
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
