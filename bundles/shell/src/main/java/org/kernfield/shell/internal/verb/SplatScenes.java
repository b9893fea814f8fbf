package org.kernfield.shell.internal.verb;

import org.kernfield.backend.Array;
import org.kernfield.engine.Engine;
import org.kernfield.field.Model;
import org.kernfield.format.Probe;
import org.kernfield.scene.Splats;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Surroundings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Splats from files: scenes in any format that is read, and models that were fitted. */
final class SplatScenes {
    /** The arrays of a model of splats, as {@link Splats#arrays} names them. */
    private static final List<String> ARRAYS =
            List.of("means", "logScales", "rotations", "opacities", "sh");

    private SplatScenes() {}

    /**
     * The splats of a file.
     *
     * @throws Failure if it is a model of something else
     * @throws IOException if it holds no splats or cannot be read
     */
    static Splats read(Path file, Engine engine, Surroundings surroundings) throws IOException {
        boolean isModel =
                Files.isRegularFile(file)
                        && surroundings
                                .format(Probe.of(file))
                                .filter(format -> format.type() == Model.class)
                                .isPresent();
        return isModel ? of(engine.read(file, Model.class), file) : engine.read(file, Splats.class);
    }

    private static Splats of(Model model, Path file) {
        Map<String, Array> arrays = model.arrays();
        if (!arrays.keySet().containsAll(ARRAYS)) {
            throw Failure.refused(
                    file.toString(),
                    "a model of " + model.representation() + ", not of splats",
                    "give a splat scene or a model fitted with --as splat");
        }
        int width = arrays.get("sh").width();
        for (int degree = 0; degree <= Splats.MAX_DEGREE; degree++) {
            if (width == 3 * Splats.coefficients(degree)) {
                return new Splats(
                        degree,
                        floats(arrays, "means"),
                        floats(arrays, "logScales"),
                        floats(arrays, "rotations"),
                        floats(arrays, "opacities"),
                        floats(arrays, "sh"),
                        Map.of());
            }
        }
        throw Failure.refused(
                file.toString(), width + " colour values a splat are no degree", "fit it again");
    }

    private static float[] floats(Map<String, Array> arrays, String name) {
        return arrays.get(name).toFloats();
    }
}
