package org.kernfield.shell.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A few named values.
 *
 * @param fields for scripts
 * @param text for people
 */
public record Facts(Map<String, Object> fields, String text) implements Reply {
    /** Values whose text lists them one below the other. */
    public static Facts of(Map<String, Object> fields) {
        var table = new Table("");
        fields.forEach((name, value) -> table.row(name, shown(value)));
        return new Facts(fields, table.toString());
    }

    /** Collects {@code name, value, name, value …} in order. */
    public static Map<String, Object> map(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int k = 0; k < namesAndValues.length; k += 2) {
            map.put((String) namesAndValues[k], namesAndValues[k + 1]);
        }
        return map;
    }

    private static String shown(Object value) {
        return switch (value) {
            case null -> "unknown";
            case Double number -> "%.5g".formatted(number);
            default -> value.toString();
        };
    }
}
