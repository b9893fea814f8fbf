package org.kernfield.itests.distribution;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How a command ended.
 *
 * @param status exit status
 * @param out what it printed for scripts
 * @param err what it printed for people
 */
record Ended(int status, String out, String err) {
    /** The error's lines. */
    List<String> complaints() {
        return err.lines().filter(line -> line.startsWith("kernfield: ")).toList();
    }

    /** The text of a field in the JSON reply, for example {@code 42.5} or {@code null}. */
    String field(String name) {
        return Pattern.compile("\"" + name + "\": (\"[^\"]*\"|[^,}\\]]*)")
                .matcher(out)
                .results()
                .map((MatchResult r) -> r.group(1).replace("\"", ""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + this));
    }

    double number(String name) {
        return Double.parseDouble(field(name));
    }

    /** This, provided that the command did what was asked. */
    Ended well() {
        if (status != 0) {
            throw new AssertionError("exit status " + status + ": " + err);
        }
        return this;
    }
}
