package org.kernfield.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words, numbers and signs of a text, read one after the other; errors show the place. */
public final class Tokens {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "[ \\t\\r]+|#[^\\n]*"
                            + "|(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)"
                            + "|(?<word>[A-Za-z_%][A-Za-z0-9_]*)"
                            + "|\"(?<quoted>[^\"\\n]*)\""
                            + "|(?<sign><=|[-+*/^()\\[\\],=<;~\\n])");

    private static final Set<String> OPENING = Set.of("(", "[");
    private static final Set<String> CLOSING = Set.of(")", "]");

    private enum Sort {
        WORD,
        NUMBER,
        QUOTED,
        SIGN,
        END
    }

    private record Token(String text, Sort sort, int at, int end) {}

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    /**
     * Takes a text apart.
     *
     * @throws KernelException at a character that is no part of a formula
     */
    public Tokens(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw error(at, "'" + text.charAt(at) + "' is no part of a formula; remove it");
            }
            for (Sort sort : List.of(Sort.WORD, Sort.NUMBER, Sort.QUOTED, Sort.SIGN)) {
                String token = matcher.group(sort.name().toLowerCase(Locale.ROOT));
                if (token != null) {
                    tokens.add(new Token(token, sort, at, matcher.end()));
                }
            }
            at = matcher.end();
        }
        tokens.add(new Token("", Sort.END, text.length(), text.length()));
    }

    /** Whether everything has been taken. */
    public boolean isEnd() {
        return tokens.get(next).sort() == Sort.END;
    }

    /** Whether a name comes next. */
    public boolean isWord() {
        return tokens.get(next).sort() == Sort.WORD;
    }

    /** Whether a number without sign comes next. */
    public boolean isNumber() {
        return tokens.get(next).sort() == Sort.NUMBER;
    }

    /** Whether a text in double quotes comes next. */
    public boolean isQuoted() {
        return tokens.get(next).sort() == Sort.QUOTED;
    }

    /** What comes next, without quotes; empty at the end. */
    public String peek() {
        return tokens.get(next).text();
    }

    /** What comes after the next one. */
    public String second() {
        return isEnd() ? "" : tokens.get(next + 1).text();
    }

    /** Where the next one begins. */
    public int place() {
        return tokens.get(next).at();
    }

    /** Takes the next one if it is {@code sign}. */
    public boolean take(String sign) {
        boolean is = !isEnd() && !isQuoted() && peek().equals(sign);
        next += is ? 1 : 0;
        return is;
    }

    /** Takes the sign, which must come next. */
    public void expect(String sign) {
        if (!take(sign)) {
            throw error(place(), found() + " where '" + sign + "' is needed; add it");
        }
    }

    /** Takes a name; {@code what} says in an error what it should have been. */
    public String word(String what) {
        if (!isWord()) {
            throw error(place(), found() + " where " + what + " is needed; give a name");
        }
        return tokens.get(next++).text();
    }

    /** Takes a name, or any text in double quotes. */
    public String wordOrQuoted(String what) {
        return isQuoted() ? tokens.get(next++).text() : word(what);
    }

    /**
     * Takes everything up to the next of {@code signs} that is outside all brackets, and gives it
     * as it is written.
     */
    public String raw(Set<String> signs) {
        int from = place();
        int to = from;
        int depth = 0;
        while (!isEnd() && !(depth == 0 && signs.contains(peek()))) {
            depth += OPENING.contains(peek()) ? 1 : CLOSING.contains(peek()) ? -1 : 0;
            to = tokens.get(next++).end();
        }
        return text.substring(from, to);
    }

    /** Takes a number, which may have a minus before it. */
    public double number(String what) {
        double sign = take("-") ? -1 : 1;
        if (!isNumber()) {
            throw error(place(), found() + " where " + what + " is needed; give a number");
        }
        return sign * Double.parseDouble(tokens.get(next++).text());
    }

    /** Takes a whole number. */
    public int whole(String what) {
        int at = place();
        double value = number(what);
        if (value != Math.rint(value) || Math.abs(value) > 1e9) {
            throw error(at, what + " is " + value + "; give a whole number");
        }
        return (int) value;
    }

    /** What comes next, for a message. */
    public String found() {
        return isEnd() ? "end of text" : peek().equals("\n") ? "end of line" : "'" + peek() + "'";
    }

    /** An error at the next one. */
    public KernelException error(String sentence) {
        return error(place(), sentence);
    }

    /**
     * An error at {@code at}: line, column, sentence, and the line with a caret below the place.
     */
    public KernelException error(int at, String sentence) {
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
