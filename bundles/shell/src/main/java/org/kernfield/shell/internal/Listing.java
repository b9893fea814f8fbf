package org.kernfield.shell.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows with the same columns.
 *
 * @param columns names of the columns
 * @param rows plain values, null for unknown
 * @param empty what to say when there is no row
 */
public record Listing(List<String> columns, List<List<Object>> rows, String empty)
        implements Reply {
    /** Rows of {@code items}. */
    public static <T> Listing of(
            List<String> columns,
            Collection<T> items,
            java.util.function.Function<T, List<Object>> row,
            String empty) {
        var rows = new ArrayList<List<Object>>();
        items.forEach(item -> rows.add(row.apply(item)));
        return new Listing(columns, rows, empty);
    }

    @Override
    public Map<String, ?> fields() {
        var items = new ArrayList<Map<String, Object>>();
        for (var row : rows) {
            var item = new LinkedHashMap<String, Object>();
            for (int k = 0; k < columns.size(); k++) {
                item.put(columns.get(k), row.get(k));
            }
            items.add(item);
        }
        return Map.of("items", items);
    }

    @Override
    public String text() {
        if (rows.isEmpty()) {
            return empty;
        }
        var table = new Table("");
        table.row(columns.toArray(String[]::new));
        for (var row : rows) {
            table.row(row.stream().map(Listing::shown).toArray(String[]::new));
        }
        return table.toString();
    }

    private static String shown(Object value) {
        return switch (value) {
            case null -> "";
            case Double number -> Double.isFinite(number) ? "%.4g".formatted(number) : "";
            case Boolean flag -> flag ? "yes" : "no";
            default -> value.toString();
        };
    }
}
