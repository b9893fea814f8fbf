package org.kernfield.shell.internal.verb;

import org.kernfield.shell.internal.Failure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the jars of optional plugins are looked for: in a directory that is given, else in the
 * build that the distribution lies in, then in Maven's local repository. Nothing is downloaded.
 */
final class PluginStores {
    /** Group of the project's artifacts, as a path. */
    private static final Path GROUP = Path.of("org", "kernfield");

    private final Path given;
    private final Path tree;
    private final Path repository;
    private final String version;

    /**
     * @param given directory, or null for the usual places
     * @param distribution in {@code runtime/target/kernfield} of a build; null if unknown
     * @param repository Maven's local repository
     * @param version of the jars there
     */
    PluginStores(Path given, Path distribution, Path repository, String version) {
        this.given = given;
        this.tree = given == null ? tree(distribution) : null;
        this.repository = repository;
        this.version = version;
    }

    private static Path tree(Path distribution) {
        if (distribution == null) {
            return null;
        }
        Path root = distribution.toAbsolutePath().normalize().resolve("../../..").normalize();
        return Files.isRegularFile(root.resolve("pom.xml")) ? root : null;
    }

    /** Maven's local repository on this machine. */
    static Path localRepository() {
        String set = System.getProperty("maven.repo.local");
        return set != null
                ? Path.of(set)
                : Path.of(System.getProperty("user.home"), ".m2", "repository");
    }

    /**
     * The jar of each artifact.
     *
     * @throws Failure naming the first that is missing and where it was looked for
     */
    Map<String, Path> find(OptionalPlugin plugin) {
        var jars = new LinkedHashMap<String, Path>();
        for (String artifact : plugin.artifacts()) {
            Path jar =
                    candidates(artifact).stream()
                            .filter(Files::isRegularFile)
                            .findFirst()
                            .orElseThrow(() -> missing(plugin, artifact));
            jars.put(artifact, jar);
        }
        return jars;
    }

    private Failure missing(OptionalPlugin plugin, String artifact) {
        return Failure.refused(
                "plugins add " + plugin.name(),
                "there is no %s in %s"
                        .formatted(OptionalPlugin.file(artifact), String.join(" or ", places())),
                "in the sources run mvn -pl %s -am -DskipTests package (once online, it loads 134 MB), or give --from DIRECTORY"
                        .formatted("plugins/" + plugin.name() + "-libs,plugins/" + plugin.name()));
    }

    private List<String> places() {
        if (given != null) {
            return List.of(given.toString());
        }
        var places = new ArrayList<String>();
        if (tree != null) {
            places.add("the build in " + tree);
        }
        places.add(repository.resolve(GROUP).toString());
        return places;
    }

    private List<Path> candidates(String artifact) {
        if (given != null) {
            return List.of(
                    given.resolve(OptionalPlugin.file(artifact)),
                    given.resolve(artifact + "-" + version + ".jar"));
        }
        var candidates = new ArrayList<Path>();
        if (tree != null) {
            String module = artifact.replaceFirst("^kernfield-", "");
            for (String room : new String[] {"plugins", "bundles"}) {
                candidates.add(
                        tree.resolve(room)
                                .resolve(module)
                                .resolve("target")
                                .resolve(artifact + "-" + version + ".jar"));
            }
        }
        candidates.add(
                repository
                        .resolve(GROUP)
                        .resolve(artifact)
                        .resolve(version)
                        .resolve(artifact + "-" + version + ".jar"));
        return candidates;
    }
}
