package org.kernfield.shell.internal;

import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes values as JSON text (RFC 8259): maps, records, iterables, texts, booleans and numbers. A
 * number that is not finite, which JSON cannot say, becomes {@code null}.
 */
public final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {}

    /** The text of {@code value} on one line. */
    public static String write(Object value) {
        var json = new Json();
        json.value(value);
        return json.out.toString();
    }

    private void value(Object value) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map -> object(map);
            case Iterable<?> items -> array(items.iterator());
            case Boolean flag -> out.append(flag);
            case Number number -> number(number);
            case Record record -> object(record);
            default -> text(value.toString());
        }
    }

    private void object(Map<?, ?> map) {
        out.append('{');
        String separator = "";
        for (var entry : map.entrySet()) {
            out.append(separator);
            text(entry.getKey().toString());
            out.append(": ");
            value(entry.getValue());
            separator = ", ";
        }
        out.append('}');
    }

    private void object(Record record) {
        out.append('{');
        String separator = "";
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            out.append(separator);
            text(component.getName());
            out.append(": ");
            value(read(component, record));
            separator = ", ";
        }
        out.append('}');
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            var accessor = component.getAccessor();
            accessor.trySetAccessible();
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private void array(Iterator<?> items) {
        out.append('[');
        while (items.hasNext()) {
            value(items.next());
            if (items.hasNext()) {
                out.append(", ");
            }
        }
        out.append(']');
    }

    private void number(Number number) {
        double value = number.doubleValue();
        out.append(Double.isFinite(value) ? number.toString() : "null");
    }

    private void text(String text) {
        out.append('"');
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c) && !paired(text, k)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** A lone surrogate has no UTF-8 form; it is escaped so that the object stays readable. */
    private static boolean paired(String text, int k) {
        return Character.isHighSurrogate(text.charAt(k))
                ? k + 1 < text.length() && Character.isLowSurrogate(text.charAt(k + 1))
                : k > 0 && Character.isHighSurrogate(text.charAt(k - 1));
    }
}
