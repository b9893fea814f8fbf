package org.kernfield.io.internal.table;

import org.kernfield.backend.Array;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Grows a table of numbers row by row, within limits. */
final class TableBuilder {
    private final String file;
    private final Limits limits;
    private List<String> columns = List.of();
    private int width;
    private double[] values = new double[64];
    private int count;

    TableBuilder(String file, Limits limits) {
        this.file = file;
        this.limits = limits;
    }

    /**
     * Takes a row; the first one is the header if no cell of it is a number.
     *
     * @param line where it begins in the file, from 1
     */
    void add(List<String> cells, long line) throws FormatException {
        if (width == 0) {
            width = cells.size();
            if (cells.stream().noneMatch(TableBuilder::isNumber)) {
                columns = cells;
                return;
            }
        }
        if (cells.size() != width) {
            throw new FormatException(
                    file
                            + ": line "
                            + line
                            + " has "
                            + cells.size()
                            + " cells, the first line has "
                            + width
                            + "; give every row as many");
        }
        reserve();
        for (int column = 0; column < width; column++) {
            values[count++] = number(cells.get(column), line, column);
        }
    }

    private void reserve() throws FormatException {
        if (count + width > values.length) {
            long larger = Math.max(2L * values.length, count + (long) width);
            limits.check(file, (larger + values.length) * Double.BYTES);
            values = Arrays.copyOf(values, (int) Math.min(larger, Integer.MAX_VALUE - 8));
        }
    }

    private double number(String cell, long line, int column) throws FormatException {
        try {
            return parse(cell);
        } catch (NumberFormatException e) {
            throw new FormatException(
                    file
                            + ": line "
                            + line
                            + ", column "
                            + (column + 1)
                            + (columns.isEmpty() ? "" : " (" + columns.get(column) + ")")
                            + ": "
                            + (cell.isEmpty() ? "empty" : "'" + shortened(cell) + "' is no number")
                            + "; give numbers such as 1.5 or -2e-3");
        }
    }

    private static String shortened(String cell) {
        return cell.length() <= 40 ? cell : cell.substring(0, 40) + "…";
    }

    private static boolean isNumber(String cell) {
        try {
            parse(cell);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Decimal numbers, nan and inf; not Java's hexadecimal forms and suffixes. */
    private static double parse(String cell) {
        switch (cell.toLowerCase(Locale.ROOT)) {
            case "nan":
                return Double.NaN;
            case "inf", "+inf", "infinity", "+infinity":
                return Double.POSITIVE_INFINITY;
            case "-inf", "-infinity":
                return Double.NEGATIVE_INFINITY;
            default:
                for (int k = 0; k < cell.length(); k++) {
                    if ("0123456789+-.eE".indexOf(cell.charAt(k)) < 0) {
                        throw new NumberFormatException(cell);
                    }
                }
                return Double.parseDouble(cell);
        }
    }

    /** The table so far. */
    Table done() throws FormatException {
        if (count == 0) {
            throw new FormatException(file + ": no row of numbers; give at least one");
        }
        return new Table(columns, Array.of(width, Arrays.copyOf(values, count)));
    }
}
