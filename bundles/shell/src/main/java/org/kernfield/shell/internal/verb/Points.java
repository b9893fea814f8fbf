package org.kernfield.shell.internal.verb;

import org.kernfield.backend.Array;
import org.kernfield.engine.Engine;
import org.kernfield.field.Nearest;
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
     * all of them, all columns in their order where it has none.
     *
     * @param names of the field's inputs; empty where it has none
     * @param inputs coordinates of a point
     * @throws Failure if there are too few or too many columns, or only some of those names
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
        requireAllOrNone(table.columns(), file, names);
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

    /**
     * Refuses a table that has some of the columns a model knows, but not all: by their order they
     * would be taken for others.
     *
     * @param header names of the table's columns; empty where it has none
     * @throws Failure naming what is missing
     */
    static void requireAllOrNone(List<String> header, Path file, List<String> names) {
        List<String> missing = names.stream().filter(name -> !header.contains(name)).toList();
        if (missing.isEmpty() || missing.size() == names.size()) {
            return;
        }
        List<String> others = header.stream().filter(name -> !names.contains(name)).toList();
        throw Failure.refused(
                file.toString(),
                "has no column " + String.join(", ", missing) + ", which the model takes",
                others.isEmpty()
                        ? "give these columns: " + String.join(", ", names)
                        : Nearest.suggestion(missing.getFirst(), others));
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
