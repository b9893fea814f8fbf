package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.TableTask;
import org.kernfield.gp.exact.Rows;

import java.util.Arrays;

/**
 * How the targets of a table become rows of a process: as independent processes that share rows and
 * covariance, or stacked, each label a row of its own with the number of its target behind the
 * inputs.
 *
 * @param count targets, p
 * @param isStacked whether each label is a row
 */
record Outputs(int count, boolean isStacked) {
    /** Targets that a row has. */
    int perRow() {
        return isStacked ? 1 : count;
    }

    /** What covariance functions are bound to: targets that rows are numbered by, 0 for none. */
    int numbered() {
        return isStacked ? count : 0;
    }

    /** The rows that tell of m points, m or m·p of them. */
    Array rows(Array points) {
        if (!isStacked) {
            return points;
        }
        int d = points.width();
        double[] from = Rows.doubles(points);
        var to = new double[(int) points.rows() * count * (d + 1)];
        for (int row = 0; row < points.rows() * count; row++) {
            System.arraycopy(from, row / count * d, to, row * (d + 1), d);
            to[row * (d + 1) + d] = row % count;
        }
        return Array.of(d + 1, to);
    }

    /** The point that a row of {@link #rows} tells of. */
    int point(int row) {
        return isStacked ? row / count : row;
    }

    /** Numbers of rows as those of m points and p targets. */
    double[] each(double[] ofRows) {
        if (isStacked || count == 1) {
            return ofRows;
        }
        var all = new double[ofRows.length * count];
        Arrays.setAll(all, k -> ofRows[k / count]);
        return all;
    }

    /** A covariance of rows as one of m points and p targets. */
    Array covariance(Array ofRows) {
        if (isStacked || count == 1) {
            return ofRows;
        }
        int m = ofRows.width();
        Array all = Array.zeros(ElementType.F64, (long) m * count, m * count);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                for (int t = 0; t < count; t++) {
                    long row = (long) i * count + t;
                    all.set(row * m * count + j * count + t, ofRows.get((long) i * m + j));
                }
            }
        }
        return all;
    }

    /**
     * The rows of a table again from those fitted, in original units.
     *
     * @param x rows, standard units
     * @param y their labels, standard units
     */
    TableTask table(TableNames names, Standardisation units, Array x, Array y) {
        double[] rows = Rows.doubles(x);
        double[] labels = Rows.doubles(y);
        if (isStacked) {
            var apart = Unstacked.of(rows, labels, names.inputs().size(), count);
            rows = apart.x();
            labels = apart.y();
        }
        return new TableTask(
                names.inputs(),
                names.targets(),
                Standardisation.original(rows, units.inputMean(), units.inputScale()),
                Standardisation.original(labels, units.targetMean(), units.targetScale()),
                null,
                null);
    }
}
