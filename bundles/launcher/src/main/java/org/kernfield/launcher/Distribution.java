package org.kernfield.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** An unpacked distribution: {@code bin/ etc/ lib/ bundles/<start level>/ plugins/}. */
record Distribution(Path root) {

    /** System property that overrides the place; otherwise it is the parent of {@code lib/}. */
    static final String PROPERTY = "kernfield.distribution";

    private static final String SHELL = "shell";

    static Distribution locate() {
        String given = System.getProperty(PROPERTY);
        Path root = given != null ? Path.of(given) : besideThisJar();
        if (!Files.isDirectory(root.resolve("bundles"))) {
            throw new Refusal(
                    root.toString(),
                    "this is not an unpacked distribution, it has no bundles/ directory",
                    "build it with `mvn package` and start runtime/target/kernfield/bin/kernfield");
        }
        return new Distribution(root.toAbsolutePath().normalize());
    }

    private static Path besideThisJar() {
        try {
            var source = Distribution.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI()).toAbsolutePath().getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Path etc() {
        return root.resolve("etc");
    }

    Path plugins() {
        return root.resolve("plugins");
    }

    Path bundles() {
        return root.resolve("bundles");
    }

    /** SHA-256 of each plugin that came with it, as the build noted them. */
    List<String> pluginDigests() {
        return entries(root.resolve("lib").resolve("plugins")).stream()
                .map(Distribution::content)
                .toList();
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jars every mode starts, by start level, each list in the order of the file names. */
    SortedMap<Integer, List<Path>> bundlesByLevel() {
        var levels = new TreeMap<Integer, List<Path>>();
        for (Path dir : entries(bundles())) {
            String name = dir.getFileName().toString();
            if (name.chars().allMatch(Character::isDigit)) {
                levels.put(Integer.valueOf(name), jarsIn(dir));
            }
        }
        return levels;
    }

    /** The jars only the interactive shell needs. */
    List<Path> shellBundles() {
        return jarsIn(bundles().resolve(SHELL));
    }

    private static List<Path> jarsIn(Path dir) {
        return entries(dir).stream().filter(p -> p.toString().endsWith(".jar")).toList();
    }

    private static List<Path> entries(Path dir) {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (var files = Files.list(dir)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
