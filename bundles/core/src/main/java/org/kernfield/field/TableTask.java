package org.kernfield.field;

import java.util.Arrays;
import java.util.List;

/**
 * Fit the columns of a table that are to be told from its other columns: regression. Everything is
 * in original units; whoever fits standardises. The arrays are shared, nobody modifies them.
 *
 * @param inputNames a name for each of the d columns that are known, d ≥ 1
 * @param targetNames a name for each of the p columns to be told, p ≥ 1
 * @param x n × d, row-major, finite
 * @param y n × p, row-major, finite, or NaN where a label is missing
 * @param noise variance of the noise of each of the n rows, in squared units of the targets, 0 or
 *     more; null where it is not known
 * @param held rows that are never looked at but for scores; null for none
 * @param leftOut rows that the table had besides these
 */
public record TableTask(
        List<String> inputNames,
        List<String> targetNames,
        double[] x,
        double[] y,
        double[] noise,
        Held held,
        LeftOut leftOut)
        implements Task {

    /** Name of such tasks. */
    public static final String NAME = "table";

    /**
     * Rows held out.
     *
     * @param x m × d, row-major, finite
     * @param y m × p, row-major, finite, or NaN where a label is missing
     */
    public record Held(double[] x, double[] y) {}

    /**
     * Rows left out when a table was read, 0 or more of each kind.
     *
     * @param unlabelled without any target
     * @param incomplete without some input
     */
    public record LeftOut(int unlabelled, int incomplete) {
        /** No row. */
        public static final LeftOut NONE = new LeftOut(0, 0);
    }

    /** A table of which no row was left out. */
    public TableTask(
            List<String> inputNames,
            List<String> targetNames,
            double[] x,
            double[] y,
            double[] noise,
            Held held) {
        this(inputNames, targetNames, x, y, noise, held, LeftOut.NONE);
    }

    public TableTask {
        inputNames = List.copyOf(inputNames);
        targetNames = List.copyOf(targetNames);
        if (inputNames.isEmpty() || targetNames.isEmpty()) {
            throw new IllegalArgumentException(
                    "table: %d inputs and %d targets; give at least one of each"
                            .formatted(inputNames.size(), targetNames.size()));
        }
        int d = inputNames.size();
        int p = targetNames.size();
        int rows = requireRows("rows", x, d, y, p);
        if (rows == 0) {
            throw new IllegalArgumentException("table: it has no rows; give at least one");
        }
        if (noise != null && noise.length != rows) {
            throw new IllegalArgumentException(
                    "table: %d variances of noise for %d rows; give one each"
                            .formatted(noise.length, rows));
        }
        if (noise != null && !Arrays.stream(noise).allMatch(v -> v >= 0 && v < 1 / 0.0)) {
            throw new IllegalArgumentException(
                    "table: a variance of noise that is no finite number of 0 or more; correct it");
        }
        if (held != null) {
            requireRows("held rows", held.x(), d, held.y(), p);
        }
    }

    private static int requireRows(String what, double[] x, int d, double[] y, int p) {
        if (x.length % d != 0 || y.length % p != 0 || x.length / d != y.length / p) {
            throw new IllegalArgumentException(
                    "table: %s of %d numbers for %d inputs and %d for %d targets; give each row all"
                            .formatted(what, x.length, d, y.length, p));
        }
        if (!Arrays.stream(x).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "table: an input among the %s is no finite number; leave its row out"
                            .formatted(what));
        }
        if (Arrays.stream(y).anyMatch(Double::isInfinite)) {
            throw new IllegalArgumentException(
                    "table: a target among the %s is infinite; correct it or leave it out"
                            .formatted(what));
        }
        return x.length / d;
    }

    /** Rows to fit, n. */
    public int rows() {
        return x.length / inputs();
    }

    /** Columns that are known, d. */
    public int inputs() {
        return inputNames.size();
    }

    /** Columns to be told, p. */
    public int outputs() {
        return targetNames.size();
    }

    /** Rows held out, 0 for none. */
    public int heldRows() {
        return held == null ? 0 : held.x().length / inputs();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Known, so that they may be kept with a task in memory; it has been read already. */
    @Override
    public List<Setting<?>> settings() {
        return TableSettings.ALL;
    }

    @Override
    public long size() {
        return y.length;
    }
}
