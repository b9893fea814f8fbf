package org.kernfield.shell.internal.osgi;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The folders whose jars are plugged in, and what came of each jar. */
final class DropFolders {
    private final BundleContext context;
    private final Launcher launcher;

    DropFolders(BundleContext context, Launcher launcher) {
        this.context = context;
        this.launcher = launcher;
    }

    static boolean isJar(Path file) {
        return Files.isRegularFile(file)
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar");
    }

    /** The user's own. */
    Optional<Path> own() {
        return directory("kernfield.home", "plugins");
    }

    /** A directory below the one that a framework property names; empty where there is none. */
    Optional<Path> directory(String property, String name) {
        return Optional.ofNullable(context.getProperty(property))
                .map(root -> Path.of(root, name))
                .filter(Files::isDirectory);
    }

    private List<Path> folders() {
        var folders = new ArrayList<Path>();
        directory("kernfield.distribution", "plugins").ifPresent(folders::add);
        own().ifPresent(folders::add);
        return folders;
    }

    /** Whether the watcher has installed a bundle. */
    boolean isDropped(Bundle bundle) {
        return folders().stream()
                .map(DropFolders::location)
                .anyMatch(bundle.getLocation()::startsWith);
    }

    /** The watcher calls a bundle by the place of its jar. */
    private static String location(Path place) {
        // a path's URI has an empty authority, a file's has none
        return place.toUri().toString().replaceFirst("^file:///", "file:/");
    }

    /** Jars from which no bundle came, and why. */
    Map<Path, String> idle() {
        Set<String> installed =
                Arrays.stream(context.getBundles())
                        .map(Bundle::getLocation)
                        .collect(Collectors.toSet());
        var idle = new TreeMap<Path, String>();
        for (Path folder : folders()) {
            for (Path jar : jars(folder)) {
                if (!installed.contains(location(jar))) {
                    idle.put(jar, why(jar));
                }
            }
        }
        return idle;
    }

    private static List<Path> jars(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(DropFolders::isJar).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private String why(Path jar) {
        try {
            String unsound = launcher.unsound(jar);
            if (!unsound.isEmpty()) {
                return unsound;
            }
            Map<String, Object> facts = launcher.inspect(jar);
            return twin(facts.get("name"), facts.get("version"))
                    .map(other -> "the same bundle has come from " + other.getLocation())
                    .orElse("it is not installed yet");
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        } catch (UncheckedIOException e) {
            return unreadable(e);
        }
    }

    /** What is said of a jar that cannot be read now. */
    static String unreadable(UncheckedIOException e) {
        return "it cannot be read (%s) and is tried again".formatted(e.getCause().getMessage());
    }

    private Optional<Bundle> twin(Object name, Object version) {
        return Arrays.stream(context.getBundles())
                .filter(b -> name.equals(b.getSymbolicName()))
                .filter(b -> b.getVersion().toString().equals(version))
                .findFirst();
    }
}
