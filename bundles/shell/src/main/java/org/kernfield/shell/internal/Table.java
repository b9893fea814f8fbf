package org.kernfield.shell.internal;

import java.util.ArrayList;
import java.util.List;

/** Rows of text with aligned columns. */
public final class Table {
    private final String indent;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String indent) {
        this.indent = indent;
    }

    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var line = new StringBuilder(indent);
            for (int k = 0; k < row.size(); k++) {
                line.append(row.get(k));
                if (k + 1 < row.size()) {
                    line.repeat(' ', width(k) - length(row.get(k)) + 2);
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> length(row.get(column)))
                .max()
                .orElse(0);
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
