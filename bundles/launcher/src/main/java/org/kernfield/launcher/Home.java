package org.kernfield.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The user's directory, {@code KERNFIELD_HOME} or {@code ~/.kernfield}; processes share it. */
record Home(Path root) {

    /** Environment variable that names the directory. */
    static final String VARIABLE = "KERNFIELD_HOME";

    /** The directory the environment names, its parts created. */
    static Home open(Map<String, String> environment) {
        String given = environment.get(VARIABLE);
        Path root =
                given != null && !given.isBlank()
                        ? Path.of(given)
                        : Path.of(System.getProperty("user.home"), ".kernfield");
        var home = new Home(root.toAbsolutePath().normalize());
        try {
            for (Path part : List.of(home.jobs(), home.log(), home.cache(), home.plugins())) {
                Files.createDirectories(part);
            }
        } catch (IOException e) {
            throw new Refusal(
                    root.toString(),
                    "this directory cannot be created or written (" + e.getMessage() + ")",
                    "set " + VARIABLE + " to a directory you may write to",
                    e);
        }
        return home;
    }

    Path jobs() {
        return root.resolve("jobs");
    }

    Path log() {
        return root.resolve("log");
    }

    Path cache() {
        return root.resolve("cache");
    }

    /** The user's own drop folder, watched beside the distribution's. */
    Path plugins() {
        return root.resolve("plugins");
    }

    Path logFile() {
        return log().resolve("kernfield.log");
    }
}
