package org.kernfield.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words, numbers and signs of a text, read one after the other; errors show the place. */
final class Tokens {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "[ \\t\\r]+|#[^\\n]*"
                            + "|(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)"
                            + "|(?<word>[A-Za-z_%][A-Za-z0-9_]*)"
                            + "|(?<sign><=|[-+*/^()\\[\\],=<;\\n])");

    private record Token(String text, boolean isWord, boolean isNumber, int at) {}

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    Tokens(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw error(at, "'" + text.charAt(at) + "' is no part of a formula; remove it");
            }
            boolean isWord = matcher.group("word") != null;
            boolean isNumber = matcher.group("number") != null;
            if (isWord || isNumber || matcher.group("sign") != null) {
                tokens.add(new Token(matcher.group(), isWord, isNumber, at));
            }
            at = matcher.end();
        }
        tokens.add(new Token("", false, false, text.length()));
    }

    boolean isEnd() {
        return tokens.get(next).text().isEmpty();
    }

    boolean isWord() {
        return tokens.get(next).isWord();
    }

    boolean isNumber() {
        return tokens.get(next).isNumber();
    }

    /** What comes next, empty at the end. */
    String peek() {
        return tokens.get(next).text();
    }

    /** What comes after the next one. */
    String second() {
        return isEnd() ? "" : tokens.get(next + 1).text();
    }

    /** Where the next one begins. */
    int place() {
        return tokens.get(next).at();
    }

    /** Takes the next one if it is {@code sign}. */
    boolean take(String sign) {
        boolean is = !isEnd() && peek().equals(sign);
        next += is ? 1 : 0;
        return is;
    }

    void expect(String sign) {
        if (!take(sign)) {
            throw error(place(), found() + " where '" + sign + "' is needed; add it");
        }
    }

    String word(String what) {
        if (!isWord()) {
            throw error(place(), found() + " where " + what + " is needed; give a name");
        }
        return tokens.get(next++).text();
    }

    double number(String what) {
        double sign = take("-") ? -1 : 1;
        if (!isNumber()) {
            throw error(place(), found() + " where " + what + " is needed; give a number");
        }
        return sign * Double.parseDouble(tokens.get(next++).text());
    }

    int whole(String what) {
        int at = place();
        double value = number(what);
        if (value != Math.rint(value) || Math.abs(value) > 1e9) {
            throw error(at, what + " is " + value + "; give a whole number");
        }
        return (int) value;
    }

    String found() {
        return isEnd() ? "end of text" : peek().equals("\n") ? "end of line" : "'" + peek() + "'";
    }

    /** An error at the next one. */
    KernelException error(String sentence) {
        return error(place(), sentence);
    }

    /**
     * An error at {@code at}: line, column, sentence, and the line with a caret below the place.
     */
    KernelException error(int at, String sentence) {
        int begin = text.lastIndexOf('\n', at - 1) + 1;
        int end = text.indexOf('\n', at);
        int line = (int) text.substring(0, begin).chars().filter(c -> c == '\n').count() + 1;
        return new KernelException(
                "line %d, column %d: %s%n%s%n%s^"
                        .formatted(
                                line,
                                at - begin + 1,
                                sentence,
                                text.substring(begin, end < 0 ? text.length() : end),
                                " ".repeat(at - begin)));
    }
}
