package org.kernfield.engine.internal.table;

import org.kernfield.field.TableTask;
import org.kernfield.format.FormatException;
import org.kernfield.format.Table;

import java.nio.file.Path;
import java.util.List;

/** Takes the rows of a table that can be used, and tells what is wrong with the others. */
final class TableRows {
    private final Path file;
    private final Table table;
    private final Columns columns;
    private final boolean isTolerant;
    private int unlabelled;
    private int incomplete;

    /**
     * @param isTolerant whether rows with a missing input are left out; else they are refused
     */
    TableRows(Path file, Table table, Columns columns, boolean isTolerant) {
        this.file = file;
        this.table = table;
        this.columns = columns;
        this.isTolerant = isTolerant;
    }

    /** Rows left out because no target is there. */
    int unlabelled() {
        return unlabelled;
    }

    /** Rows left out because an input is not there. */
    int incomplete() {
        return incomplete;
    }

    /**
     * The rows as a task.
     *
     * @param isHeld of each row
     * @throws FormatException naming line and column of what cannot be used
     */
    TableTask task(boolean[] isHeld) throws FormatException {
        var used = new boolean[isHeld.length];
        int training = 0;
        int held = 0;
        for (int row = 0; row < used.length; row++) {
            used[row] = isUsable(row);
            training += used[row] && !isHeld[row] ? 1 : 0;
            held += used[row] && isHeld[row] ? 1 : 0;
        }
        if (training == 0) {
            throw new FormatException(
                    file + ": no row is left to fit; give rows with inputs and a target");
        }
        boolean hasNoise = columns.deviations() >= 0;
        var fit = new Part(training);
        var rest = new Part(held);
        for (int row = 0; row < used.length; row++) {
            if (used[row]) {
                (isHeld[row] ? rest : fit).add(row);
            }
        }
        return new TableTask(
                Columns.names(table, columns.inputs(), "x"),
                Columns.names(table, columns.targets(), "y"),
                fit.x,
                fit.y,
                hasNoise ? fit.noise : null,
                held == 0 ? null : new TableTask.Held(rest.x, rest.y),
                new TableTask.LeftOut(unlabelled, incomplete));
    }

    private boolean isUsable(int row) throws FormatException {
        requireFinite(row, columns.inputs());
        requireFinite(row, columns.targets());
        if (columns.targets().stream().allMatch(c -> Double.isNaN(table.get(row, c)))) {
            unlabelled++;
            return false;
        }
        for (int column : columns.inputs()) {
            if (Double.isNaN(table.get(row, column))) {
                if (!isTolerant) {
                    throw wrong(
                            row,
                            column,
                            "this input is missing; fill it in, or leave such rows out with --set"
                                    + " missing=drop");
                }
                incomplete++;
                return false;
            }
        }
        int noise = columns.deviations();
        if (noise >= 0 && !(table.get(row, noise) >= 0 && table.get(row, noise) < 1e154)) {
            throw wrong(row, noise, "no standard deviation; give a number of 0 or more");
        }
        return true;
    }

    private void requireFinite(int row, List<Integer> which) throws FormatException {
        for (int column : which) {
            if (Double.isInfinite(table.get(row, column))) {
                throw wrong(row, column, "an infinite number; correct it or empty the cell");
            }
        }
    }

    private FormatException wrong(int row, int column, String what) {
        return new FormatException(
                "%s: %s, %s: %s"
                        .formatted(file, table.label((long) row), table.label(column), what));
    }

    /** Rows that go the same way. */
    private final class Part {
        private final double[] x;
        private final double[] y;
        private final double[] noise;
        private int rows;

        Part(int capacity) {
            x = new double[Math.multiplyExact(capacity, columns.inputs().size())];
            y = new double[Math.multiplyExact(capacity, columns.targets().size())];
            noise = new double[capacity];
        }

        void add(int row) {
            copy(row, columns.inputs(), x);
            copy(row, columns.targets(), y);
            double deviation = columns.deviations() < 0 ? 0 : table.get(row, columns.deviations());
            noise[rows] = deviation * deviation;
            rows++;
        }

        private void copy(int row, List<Integer> from, double[] to) {
            int first = rows * from.size();
            for (int k = 0; k < from.size(); k++) {
                to[first + k] = table.get(row, from.get(k));
            }
        }
    }
}
