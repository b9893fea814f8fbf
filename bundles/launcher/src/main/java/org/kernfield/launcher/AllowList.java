package org.kernfield.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which jars may be plugged in besides the distribution's own: those whose SHA-256 is listed, and
 * those all of whose content is signed with a listed certificate. A line of the file is {@code jar}
 * or {@code signer}, the SHA-256 in hexadecimal digits (of the jar; of the certificate in DER), and
 * anything after {@code #} is for people. Without the file every jar may.
 */
final class AllowList {
    /** Its name in the distribution's {@code etc/}. */
    static final String FILE = "plugins.allow";

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final Path file;
    private final Set<String> jars = new HashSet<>();
    private final Set<String> signers = new HashSet<>();
    private final boolean isThere;

    private AllowList(Path file, boolean isThere) {
        this.file = file;
        this.isThere = isThere;
    }

    /**
     * Reads the file.
     *
     * @throws Refusal if it cannot be understood: guessing would let something in
     */
    static AllowList read(Path file) {
        if (isAbsent(file)) {
            return new AllowList(file, false);
        }
        var list = new AllowList(file, true);
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String entry = line.replaceFirst("#.*", "").strip();
            if (!entry.isEmpty()) {
                list.add(entry, number);
            }
        }
        return list;
    }

    /** Surely: a link that leads nowhere and a directory out of reach are there. */
    private static boolean isAbsent(Path file) {
        Path etc = file.toAbsolutePath().getParent();
        return Files.notExists(file, LinkOption.NOFOLLOW_LINKS)
                && (Files.isDirectory(etc) || Files.notExists(etc, LinkOption.NOFOLLOW_LINKS));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new Refusal(
                    file.toString(),
                    "it cannot be read (" + e.getMessage() + ")",
                    "make it readable, or remove it to allow every plugin",
                    e);
        }
    }

    private void add(String entry, int number) {
        String[] words = entry.toLowerCase(Locale.ROOT).split("\\s+");
        Set<String> kind =
                switch (words[0]) {
                    case "jar" -> jars;
                    case "signer" -> signers;
                    default -> null;
                };
        if (kind == null || words.length != 2 || !DIGEST.matcher(words[1]).matches()) {
            throw new Refusal(
                    file + ":" + number,
                    "'" + entry + "' is no entry",
                    "write 'jar' or 'signer' and 64 hexadecimal digits; `kernfield plugins inspect"
                            + " JAR` shows them");
        }
        kind.add(words[1]);
    }

    /** Allows these jars as well, given by their SHA-256. */
    AllowList and(Collection<String> more) {
        jars.addAll(more);
        return this;
    }

    /** Whether there is no list, so that no jar need be looked at. */
    boolean allowsEverything() {
        return !isThere;
    }

    /** Why a jar may not be plugged in; empty if it may. */
    Optional<String> refuses(Fingerprints of) {
        if (!isThere || jars.contains(of.jar())) {
            return Optional.empty();
        }
        if (of.signers().stream().anyMatch(signers::contains)) {
            return Optional.empty();
        }
        var reason = new ArrayList<String>();
        reason.add("is not in " + file);
        reason.add("jar " + of.jar());
        of.signers().forEach(s -> reason.add("signer " + s));
        return Optional.of(String.join("; ", reason));
    }
}
