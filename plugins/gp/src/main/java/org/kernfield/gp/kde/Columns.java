package org.kernfield.gp.kde;

import org.kernfield.field.SettingException;
import org.kernfield.field.TableTask;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a table with inputs and targets side by side: a density knows no difference. Rows
 * with a missing cell are left out.
 *
 * @param names of the columns
 * @param points rows × columns, row-major
 * @param deviations of each column, population, above 0
 * @param held rows held out, as {@code points}; may be empty
 * @param missing how many rows were left out
 */
record Columns(
        List<String> names, double[] points, double[] deviations, double[] held, int missing) {
    static Columns of(TableTask table) {
        var names = new ArrayList<>(table.inputNames());
        names.addAll(table.targetNames());
        int d = names.size();
        double[] points = joined(table.x(), table.inputs(), table.y(), table.outputs());
        double[] held =
                table.held() == null
                        ? new double[0]
                        : joined(
                                table.held().x(),
                                table.inputs(),
                                table.held().y(),
                                table.outputs());
        int rows = points.length / d;
        if (rows < 2) {
            throw new SettingException(
                    "table: %d whole rows; a density needs at least 2".formatted(rows));
        }
        var deviations = new double[d];
        for (int k = 0; k < d; k++) {
            deviations[k] = deviation(points, d, k);
            if (!(deviations[k] > 0)) {
                throw new SettingException(
                        names.get(k)
                                + ": the column does not change, so that there is no density of"
                                + " it; leave it out, with --x and --y");
            }
        }
        var leftOut = table.leftOut();
        int missing = table.rows() - rows + leftOut.unlabelled() + leftOut.incomplete();
        return new Columns(List.copyOf(names), points, deviations, held, missing);
    }

    int count() {
        return names.size();
    }

    int rows() {
        return points.length / names.size();
    }

    /** The values of column {@code k}. */
    double[] column(int k) {
        var column = new double[rows()];
        for (int i = 0; i < column.length; i++) {
            column[i] = points[i * names.size() + k];
        }
        return column;
    }

    private static double[] joined(double[] x, int inputs, double[] y, int outputs) {
        int rows = x.length / inputs;
        int d = inputs + outputs;
        var all = new double[rows * d];
        int at = 0;
        for (int i = 0; i < rows; i++) {
            boolean isWhole = true;
            for (int k = 0; k < outputs; k++) {
                isWhole &= !Double.isNaN(y[i * outputs + k]);
            }
            if (isWhole) {
                System.arraycopy(x, i * inputs, all, at, inputs);
                System.arraycopy(y, i * outputs, all, at + inputs, outputs);
                at += d;
            }
        }
        return java.util.Arrays.copyOf(all, at);
    }

    private static double deviation(double[] points, int d, int k) {
        int rows = points.length / d;
        double mean = 0;
        for (int i = k; i < points.length; i += d) {
            mean += (points[i] - points[k]) / rows;
        }
        mean += points[k];
        double squares = 0;
        boolean changes = false;
        for (int i = k; i < points.length; i += d) {
            changes |= points[i] != points[k];
            squares += (points[i] - mean) * (points[i] - mean) / rows;
        }
        return changes ? Math.sqrt(squares) : 0;
    }
}
