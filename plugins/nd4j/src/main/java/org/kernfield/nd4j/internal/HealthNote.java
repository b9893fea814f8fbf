package org.kernfield.nd4j.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file beside the unpacked natives that says with what ND4J has started here and computed
 * rightly, so that the next process need not start it before it is needed.
 */
final class HealthNote {
    private static final String FILE = "nd4j.well";

    private final Path file;
    private final String circumstances;

    /**
     * @param natives where native libraries are unpacked
     * @param plugin version of this plugin
     */
    HealthNote(Path natives, String plugin) {
        file = natives.resolve(FILE);
        circumstances =
                String.join(
                        ", ",
                        "plugin " + plugin,
                        "Java " + Runtime.version(),
                        "OPENBLAS_CORETYPE " + System.getenv("OPENBLAS_CORETYPE"));
    }

    /** ND4J's version when it was well under these circumstances; empty if it was not seen so. */
    Optional<String> version() {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.size() == 2 && lines.getFirst().equals(circumstances)
                    ? Optional.of(lines.getLast())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Does nothing where the file cannot be written: ND4J is then looked at each time. */
    void write(String version) {
        try {
            Files.write(file, List.of(circumstances, version));
        } catch (IOException e) {
            remove();
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // it cannot be read either, or tells of a start that will fail in the open
        }
    }
}
