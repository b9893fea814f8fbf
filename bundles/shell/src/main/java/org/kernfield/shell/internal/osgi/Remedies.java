package org.kernfield.shell.internal.osgi;

import java.util.regex.Pattern;

/** What to do about a bundle that does not run, by the reason that the launcher gives. */
final class Remedies {
    private static final Pattern OTHER_VERSION = Pattern.compile("while (.+?) has version (\\S+)");

    private Remedies() {}

    static String of(String why) {
        var other = OTHER_VERSION.matcher(why);
        return other.find()
                ? "it was built for another version of %s; take its jar for %s, or remove it"
                        .formatted(other.group(1), other.group(2))
                : "add what it needs, or remove its jar";
    }
}
