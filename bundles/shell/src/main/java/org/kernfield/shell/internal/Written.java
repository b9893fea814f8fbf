package org.kernfield.shell.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that one command has written, as arguments of the next: a reply that is given as an
 * argument stands for its file, and a lone {@code -} for the file of the reply that comes down a
 * pipe as JSON.
 */
public final class Written {
    private static final String PIPED = "-";

    /** Fields of replies that name a file, those first that are meant. */
    private static final List<String> FIELDS = List.of("out", "model");

    /** Longest reply that is read from a pipe, in bytes. */
    private static final int LONGEST = 1 << 20;

    private Written() {}

    /**
     * Arguments as words.
     *
     * @param pipe what a lone dash is read from
     * @throws Failure for a reply that names no file
     */
    public static List<String> words(List<?> arguments, InputStream pipe) {
        return arguments.stream().map(a -> word(a, pipe)).toList();
    }

    private static String word(Object argument, InputStream pipe) {
        return switch (argument) {
            case Reply reply -> file(reply.fields());
            case CharSequence text when PIPED.contentEquals(text) -> piped(pipe);
            case null, default -> String.valueOf(argument);
        };
    }

    private static String file(Map<String, ?> fields) {
        for (String field : FIELDS) {
            if (fields.get(field) instanceof String file) {
                return file;
            }
        }
        throw Failure.usage(
                "a reply with " + String.join(", ", fields.keySet()),
                "it names no file",
                "give the reply of a command that writes one");
    }

    private static String piped(InputStream pipe) {
        String reply;
        try {
            reply = new String(pipe.readNBytes(LONGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Failure.refused(PIPED, "the pipe cannot be read", "name a file");
        }
        for (String field : FIELDS) {
            Matcher found =
                    Pattern.compile('"' + field + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"")
                            .matcher(reply);
            if (found.find()) {
                return unescaped(found.group(1));
            }
        }
        throw Failure.usage(
                PIPED,
                "no file comes down the pipe",
                "let the command before it write one, and give it --json");
    }

    /** The text of a JSON string. */
    private static String unescaped(String string) {
        return Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)")
                .matcher(string)
                .replaceAll(m -> Matcher.quoteReplacement(character(m.group(1))));
    }

    private static String character(String escape) {
        return switch (escape.charAt(0)) {
            case 'u' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b' -> "\b";
            case 'f' -> "\f";
            default -> escape;
        };
    }
}
