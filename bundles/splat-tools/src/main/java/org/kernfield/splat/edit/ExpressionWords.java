package org.kernfield.splat.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words, numbers and signs of an expression, one after the other; errors tell the column. */
final class ExpressionWords {
    private static final Pattern WORD =
            Pattern.compile(
                    "\\s+"
                            + "|(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)"
                            + "|(?<name>[A-Za-z_][A-Za-z0-9_]*)"
                            + "|(?<sign><=|>=|==|!=|&&|\\|\\||[-+*/^(),<>!])");

    /** Bounds how deep parts can lie in one another. */
    private static final int MOST_WORDS = 1000;

    private record Word(String text, boolean isName, boolean isNumber, int column) {}

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private int next;

    ExpressionWords(String text) {
        this.text = text;
        Matcher matcher = WORD.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw error(
                        at + 1,
                        "'" + text.charAt(at) + "' is no part of an expression",
                        text.charAt(at) == '=' ? "write == to compare" : "remove it");
            }
            boolean isName = matcher.group("name") != null;
            boolean isNumber = matcher.group("number") != null;
            if (isName || isNumber || matcher.group("sign") != null) {
                words.add(new Word(matcher.group(), isName, isNumber, at + 1));
            }
            if (words.size() > MOST_WORDS) {
                throw error(at + 1, "more than " + MOST_WORDS + " words", "use several filters");
            }
            at = matcher.end();
        }
        words.add(new Word("", false, false, text.length() + 1));
    }

    /** Where the next word begins, from 1. */
    int column() {
        return words.get(next).column();
    }

    boolean isNumber() {
        return words.get(next).isNumber();
    }

    /** Takes the next word if it is {@code word}. */
    boolean take(String word) {
        boolean is = words.get(next).text().equals(word);
        next += is ? 1 : 0;
        return is;
    }

    void expect(String sign) {
        if (!take(sign)) {
            throw error(column(), found() + " where '" + sign + "' is needed", "add it");
        }
    }

    void expectEnd() {
        if (next < words.size() - 1) {
            throw error(column(), found() + " after the end", "join conditions with 'and' or 'or'");
        }
    }

    String word(String what) {
        if (!words.get(next).isName()) {
            throw error(column(), found() + " where " + what + " is needed", "add it");
        }
        return words.get(next++).text();
    }

    double number() {
        return Double.parseDouble(words.get(next++).text());
    }

    private String found() {
        String word = words.get(next).text();
        return word.isEmpty() ? "the end" : "'" + word + "'";
    }

    IllegalArgumentException error(int column, String wrong, String remedy) {
        return new IllegalArgumentException(
                "expression '%s', column %d: %s; %s".formatted(text, column, wrong, remedy));
    }
}
