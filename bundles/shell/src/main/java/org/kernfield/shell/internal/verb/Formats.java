package org.kernfield.shell.internal.verb;

import org.kernfield.format.Probe;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Surroundings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The formats of files. */
final class Formats {
    private Formats() {}

    /**
     * The format of a file's content.
     *
     * @throws Failure if it is a directory or in no format that is known
     */
    static Surroundings.Format of(Path file, Surroundings surroundings) throws IOException {
        if (Files.isDirectory(file)) {
            throw Failure.refused(
                    file.toString(), "this is a directory", "give the path of a file");
        }
        return surroundings.format(Probe.of(file)).orElseThrow(() -> unknown(file, isEmpty(file)));
    }

    private static Failure unknown(Path file, boolean isEmpty) {
        return Failure.refused(
                file.toString(),
                isEmpty ? "the file is empty" : "no codec knows its format",
                "give a picture, a model, a splat scene, points or cameras");
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
