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

    /**
     * Insertions, deletions, substitutions and exchanges of neighbours (optimal string alignment),
     * ignoring case.
     */
    static int distance(String a, String b) {
        String s = a.toLowerCase(Locale.ROOT);
        String t = b.toLowerCase(Locale.ROOT);
        var d = new int[s.length() + 1][t.length() + 1];
        for (int i = 0; i <= s.length(); i++) {
            for (int j = 0; j <= t.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cheapest(d, s, i, t, j);
            }
        }
        return d[s.length()][t.length()];
    }

    private static int cheapest(int[][] d, String s, int i, String t, int j) {
        int substitute = d[i - 1][j - 1] + (s.charAt(i - 1) == t.charAt(j - 1) ? 0 : 1);
        int least = Math.min(substitute, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean isExchange =
                i > 1
                        && j > 1
                        && s.charAt(i - 1) == t.charAt(j - 2)
                        && s.charAt(i - 2) == t.charAt(j - 1);
        return isExchange ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
