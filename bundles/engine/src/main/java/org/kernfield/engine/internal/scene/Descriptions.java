package org.kernfield.engine.internal.scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a directory that say where its cameras stood.
 *
 * @param root the directory that pictures are named from
 * @param training of all views, or of those to train on
 * @param held of views to be held out; null where the directory does not part them
 */
record Descriptions(Path root, Path training, Path held) {
    /** In the order in which they are looked for. */
    private static final List<String> NAMES =
            List.of(
                    "transforms.json",
                    "transforms_train.json",
                    "sparse/0/cameras.bin",
                    "sparse/0/cameras.txt",
                    "sparse/cameras.bin",
                    "sparse/cameras.txt",
                    "colmap/sparse/0/cameras.bin",
                    "colmap/sparse/0/cameras.txt",
                    "cameras.bin",
                    "cameras.txt",
                    "reconstruction.json",
                    "opensfm/reconstruction.json",
                    "poses_bounds.npy");

    private static final String TEST = "transforms_test.json";

    /** What is in a directory, or beside a named description; null if there is nothing. */
    static Descriptions of(Path input) throws IOException {
        if (Files.isRegularFile(input)) {
            return new Descriptions(input.toAbsolutePath().getParent(), input, null);
        }
        for (String name : NAMES) {
            Path file = input.resolve(name);
            if (Files.isRegularFile(file)) {
                Path test = input.resolve(TEST);
                boolean isParted =
                        name.equals("transforms_train.json") && Files.isRegularFile(test);
                return new Descriptions(input, file, isParted ? test : null);
            }
        }
        Path reconstruction = reconstruction(input);
        return reconstruction == null ? null : new Descriptions(input, reconstruction, null);
    }

    /** OpenSfM's under a longer name, such as reconstruction_example.json. */
    private static Path reconstruction(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return null;
        }
        try (var files = Files.newDirectoryStream(directory, "reconstruction*.json")) {
            Path first = null;
            for (Path file : files) {
                first = first == null || file.compareTo(first) < 0 ? file : first;
            }
            return first;
        }
    }
}
