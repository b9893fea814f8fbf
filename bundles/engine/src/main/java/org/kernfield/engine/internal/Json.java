package org.kernfield.engine.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The little JSON that metadata and checkpoints need: maps, lists, texts, numbers, null. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static String write(Object value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map -> {
                String comma = "{";
                for (var entry : map.entrySet()) {
                    out.append(comma);
                    quote(entry.getKey().toString(), out);
                    out.append(':');
                    write(entry.getValue(), out);
                    comma = ",";
                }
                out.append(map.isEmpty() ? "{}" : "}");
            }
            case List<?> list -> {
                String comma = "[";
                for (Object element : list) {
                    out.append(comma);
                    write(element, out);
                    comma = ",";
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            case Number number -> out.append(number);
            case Boolean flag -> out.append(flag);
            default -> quote(value.toString(), out);
        }
    }

    private static void quote(String value, StringBuilder out) {
        out.append('"');
        for (int k = 0; k < value.length(); k++) {
            char c = value.charAt(k);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /**
     * Reads what {@link #write} writes; numbers become doubles.
     *
     * @throws IllegalArgumentException for anything else
     */
    static Object read(String text) {
        var json = new Json(text.strip());
        try {
            Object value = json.value();
            if (json.at != json.text.length()) {
                throw json.wrong();
            }
            return value;
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw json.wrong();
        }
    }

    private Object value() {
        char c = text.charAt(at);
        if (c == '"') {
            return string();
        }
        if (c == '{') {
            var map = new LinkedHashMap<String, Object>();
            for (at++; text.charAt(at) != '}'; skip(',')) {
                String key = string();
                expect(':');
                map.put(key, value());
            }
            at++;
            return map;
        }
        if (c == '[') {
            var list = new ArrayList<Object>();
            for (at++; text.charAt(at) != ']'; skip(',')) {
                list.add(value());
            }
            at++;
            return list;
        }
        int end = at;
        while (end < text.length() && ",]}".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String word = text.substring(at, end).strip();
        at = end;
        return switch (word) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> Double.valueOf(word);
        };
    }

    private String string() {
        expect('"');
        var out = new StringBuilder();
        for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            if (c == '\\') {
                char escaped = text.charAt(at++);
                if (escaped == 'u') {
                    out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                    at += 4;
                } else {
                    out.append(escaped);
                }
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private void expect(char c) {
        if (text.charAt(at++) != c) {
            throw wrong();
        }
    }

    private void skip(char c) {
        if (text.charAt(at) == c) {
            at++;
        }
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("broken JSON at character " + at);
    }
}
