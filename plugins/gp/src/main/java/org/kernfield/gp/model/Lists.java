package org.kernfield.gp.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists and counts as people can read them. */
final class Lists {
    private static final int MOST = 10;
    private static final Pattern BRACKETS = Pattern.compile("\\[[^\\[\\]]*]");

    private Lists() {}

    /** With commas between them, and … for those after the first ten. */
    static String joined(List<String> items) {
        return items.stream().limit(MOST).collect(Collectors.joining(", "))
                + (items.size() > MOST ? ", …" : "");
    }

    /** How many of a thing whose plural ends in s. */
    static String counted(int count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** A text whose lists in square brackets hold no more than ten each. */
    static String shortened(String text) {
        return BRACKETS.matcher(text)
                .replaceAll(
                        found -> {
                            String list = found.group();
                            String inside = list.substring(1, list.length() - 1);
                            String few = "[" + joined(List.of(inside.split(", "))) + "]";
                            return Matcher.quoteReplacement(few);
                        });
    }
}
