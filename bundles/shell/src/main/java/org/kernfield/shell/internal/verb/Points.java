package org.kernfield.shell.internal.verb;

import org.kernfield.backend.Array;
import org.kernfield.engine.Engine;
import org.kernfield.format.FormatException;
import org.kernfield.format.Table;
import org.kernfield.shell.internal.Failure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a field is asked, from a table.
 *
 * @param hasHeader whether the table has names of columns
 * @param values rows × inputs, float64, finite
 */
record Points(boolean hasHeader, Array values) {
    /**
     * Reads the columns that a field takes: those with the names of its inputs where the header has
     * all of them, else all columns in their order.
     *
     * @param names of the field's inputs; empty where it has none
     * @param inputs coordinates of a point
     * @throws Failure if there are too few or too many columns
     * @throws FormatException naming line and column of what is no finite number
     */
    static Points read(Engine engine, Path file, List<String> names, int inputs)
            throws IOException {
        Table table = engine.read(file, Table.class);
        List<Integer> columns = columns(table, file, names, inputs);
        table.requireNumbers(file, columns, "");
        var values = new double[Math.multiplyExact((int) table.rows(), inputs)];
        for (int row = 0; row < table.rows(); row++) {
            for (int k = 0; k < inputs; k++) {
                double value = table.get(row, columns.get(k));
                if (!Double.isFinite(value)) {
                    throw new FormatException(
                            "%s: %s, %s: %s; give a finite number"
                                    .formatted(
                                            file,
                                            table.label((long) row),
                                            table.label(columns.get(k)),
                                            Double.isNaN(value)
                                                    ? "a missing coordinate"
                                                    : "an infinite coordinate"));
                }
                values[row * inputs + k] = value;
            }
        }
        return new Points(!table.columns().isEmpty(), Array.of(inputs, values));
    }

    private static List<Integer> columns(Table table, Path file, List<String> names, int inputs) {
        List<Integer> named = names.stream().map(table.columns()::indexOf).toList();
        if (!named.isEmpty() && named.stream().allMatch(column -> column >= 0)) {
            return named;
        }
        if (table.width() != inputs) {
            throw Failure.refused(
                    file.toString(),
                    "has " + table.width() + " columns, the field takes " + inputs,
                    names.isEmpty()
                            ? "give a column for each coordinate"
                            : "give these columns: " + String.join(", ", names));
        }
        return IntStream.range(0, inputs).boxed().toList();
    }

    int rows() {
        return (int) values.rows();
    }

    int inputs() {
        return values.width();
    }

    /** Some rows as an array of their own. */
    Array rows(int first, int count) {
        var part = new double[count * inputs()];
        for (int k = 0; k < part.length; k++) {
            part[k] = values.get((long) first * inputs() + k);
        }
        return Array.of(inputs(), part);
    }
}
