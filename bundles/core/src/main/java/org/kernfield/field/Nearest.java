package org.kernfield.field;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Suggests what somebody may have meant. */
public final class Nearest {
    private Nearest() {}

    /** {@code did you mean X?} where a name is close enough, else the list of names. */
    public static String suggestion(String given, Collection<String> names) {
        var nearest = names.stream().min(Comparator.comparingInt(name -> distance(given, name)));
        int tolerated = Math.max(2, given.length() / 3);
        if (nearest.isPresent() && distance(given, nearest.get()) <= tolerated) {
            return "did you mean " + nearest.get() + "?";
        }
        return names.isEmpty() ? "there is none" : "use one of " + String.join(", ", names);
    }

    /** Levenshtein distance, ignoring case. */
    static int distance(String a, String b) {
        String s = a.toLowerCase(Locale.ROOT);
        String t = b.toLowerCase(Locale.ROOT);
        var row = new int[t.length() + 1];
        for (int j = 0; j <= t.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= s.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= t.length(); j++) {
                int substitute = diagonal + (s.charAt(i - 1) == t.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[t.length()];
    }
}
