package org.kernfield.format;

import org.kernfield.backend.Array;

import java.util.List;

/**
 * Numbers with named columns, some of them perhaps missing.
 *
 * @param columns one name a column, or empty where the file has no header
 * @param values rows × columns; NaN where a cell is missing or holds text
 * @param texts the first cell of each column that holds text and no number
 * @param lines line of the file, from 1, on which each row begins; empty for rows of no file
 */
public record Table(List<String> columns, Array values, List<Text> texts, int[] lines) {
    /**
     * A cell that is no number.
     *
     * @param line of the file, from 1
     * @param column from 0
     * @param cell what it holds
     */
    public record Text(long line, int column, String cell) {}

    public Table {
        columns = List.copyOf(columns);
        texts = List.copyOf(texts);
        if (!columns.isEmpty() && columns.size() != values.width()) {
            throw new IllegalArgumentException(
                    "table: "
                            + columns.size()
                            + " column names for "
                            + values.width()
                            + " columns; give one each or none");
        }
        if (lines.length != 0 && lines.length != values.rows()) {
            throw new IllegalArgumentException(
                    "table: %d lines for %d rows; give one each or none"
                            .formatted(lines.length, values.rows()));
        }
    }

    /** Numbers alone. */
    public Table(List<String> columns, Array values) {
        this(columns, values, List.of(), new int[0]);
    }

    public long rows() {
        return values.rows();
    }

    public int width() {
        return values.width();
    }

    public double get(long row, int column) {
        return values.get(row * values.width() + column);
    }

    /** A column for people: its number from 1, and its name if it has one. */
    public String label(int column) {
        boolean isNamed = !columns.isEmpty() && !columns.get(column).isEmpty();
        return "column " + (column + 1) + (isNamed ? " (" + columns.get(column) + ")" : "");
    }

    /** A row for people: its line in the file, or its number from 1. */
    public String label(long row) {
        return lines.length > 0 ? "line " + lines[(int) row] : "row " + (row + 1);
    }

    /**
     * Refuses columns that hold text.
     *
     * @param file what they were read from
     * @param remedy what else may be done than to give numbers, beginning with a comma, or empty
     * @throws FormatException naming line, column and text
     */
    public void requireNumbers(Object file, Iterable<Integer> used, String remedy)
            throws FormatException {
        for (int column : used) {
            for (Text text : texts) {
                if (text.column() == column) {
                    throw new FormatException(
                            "%s: line %d, %s: '%s' is no number; give numbers such as 1.5 or -2e-3%s"
                                    .formatted(
                                            file,
                                            text.line(),
                                            label(column),
                                            shortened(text.cell()),
                                            remedy));
                }
            }
        }
    }

    private static String shortened(String cell) {
        return cell.length() <= 40 ? cell : cell.substring(0, 40) + "…";
    }
}
