package org.kernfield.engine.internal.table;

import org.kernfield.field.SettingException;
import org.kernfield.format.FormatException;
import org.kernfield.format.Table;

import java.nio.file.Path;

/**
 * Which rows of a table are for testing, several ways beside each other: a column of 0 and 1 each.
 */
final class TestMask {
    private TestMask() {}

    /**
     * The rows to hold out.
     *
     * @param file what {@code mask} was read from
     * @param split column, from 0
     * @param rows of the table
     * @throws FormatException if it does not suit the table
     * @throws SettingException if there is no such column
     */
    static boolean[] of(Path file, Table mask, int split, long rows) throws FormatException {
        if (mask.rows() != rows) {
            throw new FormatException(
                    "%s: %,d rows for a table of %,d; give one each"
                            .formatted(file, mask.rows(), rows));
        }
        if (split >= mask.width()) {
            throw new SettingException(
                    "split = %d: %s has %d columns; give a number from 0 to %d"
                            .formatted(split, file, mask.width(), mask.width() - 1));
        }
        var isHeld = new boolean[(int) rows];
        for (int row = 0; row < isHeld.length; row++) {
            double value = mask.get(row, split);
            if (value != 0 && value != 1) {
                throw new FormatException(
                        "%s: %s, %s: neither 0 nor 1; write 1 for rows to hold out"
                                .formatted(file, mask.label((long) row), mask.label(split)));
            }
            isHeld[row] = value == 1;
        }
        return isHeld;
    }
}
