package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.field.Model;
import org.kernfield.format.Probe;
import org.kernfield.scene.Splats;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.splat.SplatModel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Splats from files: scenes in any format that is read, and models that were fitted. */
final class SplatScenes {
    private SplatScenes() {}

    /**
     * The splats of a file.
     *
     * @throws Failure if it is a model of something else, or of splats that are no Gaussians
     * @throws IOException if it holds no splats or cannot be read
     */
    static Splats read(Path file, Engine engine, Surroundings surroundings) throws IOException {
        return open(file, engine, surroundings).splats();
    }

    /**
     * Splats and how they want to be drawn.
     *
     * @param isAntialiased see {@link org.kernfield.splat.RenderOptions}
     */
    record Opened(Splats splats, boolean isAntialiased) {}

    /** Like {@link #read}, with what a model says about drawing it. */
    static Opened open(Path file, Engine engine, Surroundings surroundings) throws IOException {
        boolean isModel =
                Files.isRegularFile(file)
                        && surroundings
                                .format(Probe.of(file))
                                .filter(format -> format.type() == Model.class)
                                .isPresent();
        return isModel
                ? of(engine.read(file, Model.class), file)
                : new Opened(engine.read(file, Splats.class), false);
    }

    private static Opened of(Model model, Path file) {
        if (!model.representation().equals(SplatModel.REPRESENTATION)) {
            throw Failure.refused(
                    file.toString(),
                    "a model of " + model.representation() + ", not of splats",
                    "give a splat scene or a model fitted with --as splat");
        }
        SplatModel splats = SplatModel.of(model);
        if (!splats.primitive().equals(SplatModel.GAUSSIAN)) {
            throw Failure.refused(
                    file.toString(),
                    "its splats are of the primitive "
                            + splats.primitive()
                            + ", but scenes hold Gaussians alone",
                    "render the model, or fit again with primitive=gaussian");
        }
        return new Opened(splats.smoothed(), splats.isAntialiased());
    }
}
