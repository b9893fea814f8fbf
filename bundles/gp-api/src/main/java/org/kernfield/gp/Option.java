package org.kernfield.gp;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A choice that is part of a function's form and never fitted: a degree, a depth, an activation.
 *
 * @param name as in text
 * @param choices what may be given, as written; the first is not the default
 * @param initial the default
 */
record Option(String name, List<String> choices, String initial) {
    private static final int SHOWN = 6;

    static Option whole(String name, int least, int most, int initial) {
        var choices = IntStream.rangeClosed(least, most).mapToObj(Integer::toString).toList();
        return new Option(name, choices, Integer.toString(initial));
    }

    static Option word(String name, String... choices) {
        return new Option(name, List.of(choices), choices[0]);
    }

    boolean isWhole() {
        return Character.isDigit(initial.charAt(0));
    }

    /** The choice, if it is one. */
    String checked(String given) {
        if (!choices.contains(given)) {
            throw new IllegalArgumentException(
                    name + " is " + given + "; use " + (isWhole() ? range() : choices));
        }
        return given;
    }

    private String range() {
        return choices.size() > SHOWN || choices.size() == 1
                ? choices.getFirst() + " to " + choices.getLast()
                : String.join(", ", choices);
    }
}
