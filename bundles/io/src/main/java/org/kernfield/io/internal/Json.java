package org.kernfield.io.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Strict JSON (RFC 8259), bounded in depth: objects as insertion-ordered maps without repeated
 * names, arrays as lists, numbers as {@code Long} or {@code Double}, texts, truth values and null.
 */
public final class Json {
    private static final int DEEPEST = 16;

    private final String text;
    private final boolean readsNonFinite;
    private int at;
    private int depth;

    private Json(String text, boolean readsNonFinite) {
        this.text = text;
        this.readsNonFinite = readsNonFinite;
    }

    /**
     * The value that {@code text} holds; white space around it is allowed.
     *
     * @throws IllegalArgumentException naming what is wrong and the position
     */
    public static Object parse(String text) {
        return parse(new Json(text, false));
    }

    /** As {@link #parse}, with NaN, Infinity and -Infinity, which Python writes, as numbers. */
    public static Object parseOfPython(String text) {
        return parse(new Json(text, true));
    }

    private static Object parse(Json json) {
        Object value = json.value();
        json.skipSpace();
        if (json.at < json.text.length()) {
            throw json.wrong("text after the value");
        }
        return value;
    }

    /** {@code text} as a JSON string, ASCII only. */
    public static String quote(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c > 0x7E) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    private Object value() {
        skipSpace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            case 'N', 'I' -> nonFinite();
            default -> number();
        };
    }

    private Map<String, Object> object() {
        enter();
        var members = new LinkedHashMap<String, Object>();
        skipSpace();
        if (!take('}')) {
            do {
                skipSpace();
                String name = string();
                skipSpace();
                expect(':');
                Object value = value();
                if (members.containsKey(name)) {
                    throw wrong("'" + name + "' given twice");
                }
                members.put(name, value);
                skipSpace();
            } while (take(','));
            expect('}');
        }
        depth--;
        return members;
    }

    private List<Object> array() {
        enter();
        var items = new ArrayList<>();
        skipSpace();
        if (!take(']')) {
            do {
                items.add(value());
                skipSpace();
            } while (take(','));
            expect(']');
        }
        depth--;
        return items;
    }

    private void enter() {
        at++;
        if (++depth > DEEPEST) {
            throw wrong("nested deeper than " + DEEPEST);
        }
    }

    private String string() {
        expect('"');
        var out = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return out.toString();
            }
            if (c < 0x20) {
                throw wrong("control character in a text");
            }
            out.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
            default -> throw wrong("unknown escape");
        };
    }

    private int hex() {
        int digit = Character.digit(next(), 16);
        if (digit < 0) {
            throw wrong("not a hexadecimal digit");
        }
        return digit;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong("not a value");
        }
        at += word.length();
        return value;
    }

    private Object nonFinite() {
        if (!readsNonFinite) {
            throw wrong("not a value");
        }
        return peek() == 'N' ? word("NaN", Double.NaN) : word("Infinity", Double.POSITIVE_INFINITY);
    }

    private Object number() {
        int start = at;
        if (take('-') && readsNonFinite && text.startsWith("Infinity", at)) {
            return word("Infinity", Double.NEGATIVE_INFINITY);
        }
        if (!take('0')) {
            digits();
        }
        boolean whole = true;
        if (take('.')) {
            whole = false;
            digits();
        }
        if (take('e') || take('E')) {
            whole = false;
            if (!take('+')) {
                take('-');
            }
            digits();
        }
        String literal = text.substring(start, at);
        if (!whole) {
            return Double.valueOf(literal);
        }
        try {
            return Long.valueOf(literal);
        } catch (NumberFormatException e) {
            return Double.valueOf(literal);
        }
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw wrong("not a value");
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("ends too early");
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!take(c)) {
            throw wrong("'" + c + "' expected");
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + " at character " + at);
    }
}
