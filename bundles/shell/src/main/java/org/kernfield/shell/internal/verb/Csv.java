package org.kernfield.shell.internal.verb;

import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * A table of numbers in text, columns apart by commas, semicolons or blanks, a line of names on top
 * or not; {@code .gz} is unpacked.
 *
 * @param header whether there is a line of names
 * @param columns numbers in a row
 * @param values row-major
 */
record Csv(boolean header, int columns, double[] values) {
    int rows() {
        return values.length / columns;
    }

    /**
     * Reads a table.
     *
     * @throws FormatException naming the line that is not understood
     */
    static Csv read(Path file, Limits limits) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FormatException(file + ": this is a directory; give the path of a table");
        }
        try (var in = Files.newInputStream(file);
                var lines = new BufferedReader(decoded(file, in))) {
            return new Reading(file, limits).read(lines);
        }
    }

    private static InputStreamReader decoded(Path file, InputStream in) throws IOException {
        InputStream bytes = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
        return new InputStreamReader(bytes, StandardCharsets.UTF_8);
    }

    private static final class Reading {
        private final Path file;
        private final Limits limits;
        private double[] values = new double[1024];
        private int filled;
        private int columns;
        private boolean header;

        Reading(Path file, Limits limits) {
            this.file = file;
            this.limits = limits;
        }

        Csv read(BufferedReader lines) throws IOException {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    row(line.strip().split("\\s*[,;]\\s*|\\s+"), number);
                }
            }
            if (filled == 0) {
                throw new FormatException(file + ": holds no rows of numbers; check the file");
            }
            return new Csv(header, columns, Arrays.copyOf(values, filled));
        }

        private void row(String[] cells, int line) throws FormatException {
            if (columns == 0) {
                columns = cells.length;
                if (Arrays.stream(cells).noneMatch(Reading::isNumber)) {
                    header = true;
                    return;
                }
            }
            if (cells.length != columns) {
                throw new FormatException(
                        "%s: line %d has %d columns, the first has %d; make them equal"
                                .formatted(file, line, cells.length, columns));
            }
            for (String cell : cells) {
                append(number(cell, line));
            }
        }

        private void append(double value) throws FormatException {
            if (filled == values.length) {
                limits.check(file.toString(), 16L * values.length);
                values = Arrays.copyOf(values, 2 * values.length);
            }
            values[filled++] = value;
        }

        private double number(String cell, int line) throws FormatException {
            try {
                double value = Double.parseDouble(cell);
                if (Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // the sentence below says it
            }
            throw new FormatException(
                    "%s: line %d holds '%s', which is not a finite number; correct it"
                            .formatted(file, line, cell));
        }

        private static boolean isNumber(String cell) {
            try {
                Double.parseDouble(cell);
                return true;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }
}
