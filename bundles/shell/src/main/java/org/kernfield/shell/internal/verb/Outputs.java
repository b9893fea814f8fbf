package org.kernfield.shell.internal.verb;

import org.kernfield.shell.internal.Failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where a fit's results go.
 *
 * @param model the model file
 * @param rendered its picture
 * @param errorMap where the picture differs from the input
 */
record Outputs(Path model, Path rendered, Path errorMap) {
    static final String MODEL = ".safetensors";

    /** Endings of what a model is not. */
    private static final List<String> FOREIGN =
            List.of(".png", ".jpg", ".jpeg", ".csv", ".npy", ".ply", ".svg", ".html");

    /** Endings that say how a file is packed, not what it is called. */
    private static final List<String> PACKED = List.of(".gz", ".zst");

    /** The pictures are called like the model. */
    static Outputs of(Path model) {
        String name = model.getFileName().toString();
        String stem =
                name.toLowerCase(Locale.ROOT).endsWith(MODEL)
                        ? name.substring(0, name.length() - MODEL.length())
                        : name;
        return new Outputs(
                model,
                model.resolveSibling(stem + ".png"),
                model.resolveSibling(stem + ".error.png"));
    }

    /** The picture of a fit that still runs. */
    Path preview() {
        String name = rendered.getFileName().toString();
        return rendered.resolveSibling(name.replaceFirst("png$", "preview.png"));
    }

    /** The model is called like the input, in {@code directory}. */
    static Outputs named(String input, String representation, Path directory) {
        return of(directory.resolve(stem(input) + "." + representation + MODEL));
    }

    private static String stem(String input) {
        Path last = Path.of(input).toAbsolutePath().normalize().getFileName();
        String name = last == null ? "model" : last.toString();
        for (String packed : PACKED) {
            if (name.endsWith(packed)) {
                name = name.substring(0, name.length() - packed.length());
            }
        }
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * Refuses places that cannot be written, or that would replace the input or something that is
     * no model.
     *
     * @throws Failure with the reason
     */
    void check(Path input) {
        String name = model.getFileName().toString().toLowerCase(Locale.ROOT);
        if (FOREIGN.stream().anyMatch(name::endsWith)) {
            throw Failure.refused(
                    model.toString(),
                    "a model is no such file",
                    "give it the ending " + MODEL + "; a picture is written beside it");
        }
        for (Path file : List.of(model, rendered, errorMap)) {
            Staging.check(file);
            if (isSame(file, input)) {
                throw Failure.refused(
                        model.toString(),
                        file.getFileName() + " would replace the input",
                        "choose another name with --out");
            }
        }
    }

    private static boolean isSame(Path file, Path input) {
        try {
            return Files.exists(file) && Files.exists(input) && Files.isSameFile(file, input);
        } catch (IOException e) {
            return false;
        }
    }
}
