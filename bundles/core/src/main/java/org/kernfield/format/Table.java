package org.kernfield.format;

import org.kernfield.backend.Array;

import java.util.List;

/**
 * Numbers with named columns.
 *
 * @param columns one name a column, or empty where the file has no header
 * @param values rows × columns
 */
public record Table(List<String> columns, Array values) {
    public Table {
        columns = List.copyOf(columns);
        if (!columns.isEmpty() && columns.size() != values.width()) {
            throw new IllegalArgumentException(
                    "table: "
                            + columns.size()
                            + " column names for "
                            + values.width()
                            + " columns; give one each or none");
        }
    }

    public long rows() {
        return values.rows();
    }

    public double get(long row, int column) {
        return values.get(row * values.width() + column);
    }
}
