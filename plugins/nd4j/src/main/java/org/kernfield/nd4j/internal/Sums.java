package org.kernfield.nd4j.internal;

/** Sums in float64 whose rounding is carried along (Neumaier), by component and row. */
final class Sums {
    private final double[][] sums;
    private final double[][] lost;

    Sums(int width, int rows) {
        sums = new double[width][rows];
        lost = new double[width][rows];
    }

    /** Bytes that so many sums take. */
    static long bytes(int width, long rows) {
        return 2L * Double.BYTES * width * rows;
    }

    int width() {
        return sums.length;
    }

    void add(int r, int row, double term) {
        double before = sums[r][row];
        double after = before + term;
        lost[r][row] += lost(before, term, after);
        sums[r][row] = after;
    }

    double get(int r, int row) {
        return whole(sums[r][row], lost[r][row]);
    }

    /** What rounding takes from {@code before + term}. */
    static double lost(double before, double term, double after) {
        return Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before;
    }

    /** A sum and what was lost; what infinities lose is not a number. */
    static double whole(double sum, double lost) {
        return sum + (Double.isNaN(lost) ? 0 : lost);
    }
}
