package org.kernfield.io.internal.table;

import org.kernfield.backend.Array;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Grows a table row by row, within limits. */
final class TableBuilder {
    /** How people write that there is nothing, lower-case. */
    private static final Set<String> MISSING = Set.of("", "nan", "na", "n/a", "null", "none", "?");

    private final String file;
    private final Limits limits;
    private final Map<Integer, Table.Text> texts = new TreeMap<>();
    private List<String> columns = List.of();
    private int width;
    private double[] values = new double[64];
    private int[] lines = new int[16];
    private int rows;

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
            if (cells.stream().allMatch(TableBuilder::isText)) {
                columns = cells;
                return;
            }
        }
        if (cells.size() != width) {
            throw new FormatException(
                    "%s: line %d has %d cells, the first line has %d; give every row as many"
                            .formatted(file, line, cells.size(), width));
        }
        reserve();
        lines[rows] = (int) Math.min(line, Integer.MAX_VALUE);
        for (int column = 0; column < width; column++) {
            values[rows * width + column] = value(cells.get(column), line, column);
        }
        rows++;
    }

    private void reserve() throws FormatException {
        long needed = (rows + 1L) * width;
        limits.check(file, needed * Double.BYTES);
        if (needed > values.length) {
            long larger = Math.max(2L * values.length, needed);
            limits.check(file, (larger + values.length) * Double.BYTES);
            values = Arrays.copyOf(values, (int) Math.min(larger, Integer.MAX_VALUE - 8));
        }
        if (rows == lines.length) {
            limits.check(file, 3L * rows * Integer.BYTES + (long) values.length * Double.BYTES);
            lines = Arrays.copyOf(lines, 2 * rows);
        }
    }

    private double value(String cell, long line, int column) {
        if (isMissing(cell)) {
            return Double.NaN;
        }
        try {
            return parse(cell);
        } catch (NumberFormatException e) {
            texts.putIfAbsent(column, new Table.Text(line, column, cell));
            return Double.NaN;
        }
    }

    private static boolean isMissing(String cell) {
        return cell.length() <= 4 && MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    /** Whether it can be the name of a column; the word nan is a number. */
    private static boolean isText(String cell) {
        if (cell.equalsIgnoreCase("nan")) {
            return false;
        }
        try {
            parse(cell);
            return false;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    /** Decimal numbers and inf; not Java's hexadecimal forms and suffixes. */
    private static double parse(String cell) {
        for (int k = 0; k < cell.length(); k++) {
            if ("0123456789+-.eE".indexOf(cell.charAt(k)) < 0) {
                return infinite(cell);
            }
        }
        return Double.parseDouble(cell);
    }

    private static double infinite(String cell) {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new NumberFormatException(cell);
        };
    }

    /** The table so far. */
    Table done() throws FormatException {
        if (rows == 0) {
            throw new FormatException(file + ": no row of numbers; give at least one");
        }
        return new Table(
                columns,
                Array.of(width, Arrays.copyOf(values, rows * width)),
                List.copyOf(texts.values()),
                Arrays.copyOf(lines, rows));
    }
}
