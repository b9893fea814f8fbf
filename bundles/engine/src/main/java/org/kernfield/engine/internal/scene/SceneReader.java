package org.kernfield.engine.internal.scene;

import org.kernfield.backend.Workers;
import org.kernfield.engine.internal.FileReader;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.Setting;
import org.kernfield.field.Settings;
import org.kernfield.field.Task;
import org.kernfield.field.TaskReader;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Scene;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

/**
 * Reads photographs with their cameras: a directory with COLMAP's sparse model, transforms.json,
 * OpenSfM's reconstruction or LLFF's poses, or such a description itself.
 */
public final class SceneReader implements TaskReader {
    private static final Logger LOG = LoggerFactory.getLogger(SceneReader.class);

    private final FileReader files;
    private final Workers workers;

    /**
     * @param workers that decode pictures
     */
    public SceneReader(FileReader files, Workers workers) {
        this.files = files;
        this.workers = workers;
    }

    @Override
    public String name() {
        return "radiance";
    }

    @Override
    public List<Setting<?>> settings() {
        return SceneSettings.ALL;
    }

    @Override
    public boolean accepts(Path input) throws IOException {
        if (Files.isDirectory(input)) {
            return Descriptions.of(input) != null;
        }
        String name = input.getFileName().toString();
        return Files.isRegularFile(input)
                && (name.endsWith(".json") || name.endsWith(".npy"))
                && files.knows(input, Scene.class);
    }

    @Override
    public Task read(Path input, Settings settings) throws IOException {
        Descriptions descriptions = Descriptions.of(input);
        Scene scene = files.read(descriptions.training(), Scene.class);
        Scene test =
                descriptions.held() == null
                        ? new Scene(List.of(), PointCloud.empty())
                        : files.read(descriptions.held(), Scene.class);
        var parted = HeldOut.of(scene.views(), test.views(), settings);
        var masks = new HashMap<>(test.masks());
        masks.putAll(scene.masks());
        var undistortions = new Undistortions(settings.get(SceneSettings.DISTORTION));
        var gallery =
                new Gallery(
                        files,
                        new PictureFiles(descriptions.root()),
                        new Shooting(
                                Math.toIntExact(settings.get(SceneSettings.WIDTH)),
                                transparency(settings),
                                undistortions),
                        Limits.ofHeap(),
                        workers);
        List<Photograph> training = gallery.photographs(parted.training(), masks);
        List<Photograph> held = gallery.photographs(parted.held(), masks);
        tell(input, gallery.missing(), training.size() + held.size());
        if (training.isEmpty()) {
            throw new FormatException(
                    input
                            + ": "
                            + (held.isEmpty()
                                    ? "none of its "
                                            + scene.views().size()
                                            + " views has a picture; put the pictures beside the"
                                            + " cameras"
                                    : "every picture is held out; hold out fewer"));
        }
        return new RadianceTask(
                training,
                held,
                points(input, scene, settings),
                background(gallery, training, settings),
                gallery.missing(),
                undistortions.remarks());
    }

    private static void tell(Path input, List<String> missing, int found) {
        if (!missing.isEmpty()) {
            LOG.info(
                    "{}: {} views with pictures, {} without are left out: {}",
                    input,
                    found,
                    missing.size(),
                    String.join(", ", missing));
        }
    }

    private PointCloud points(Path input, Scene scene, Settings settings) throws IOException {
        String named = settings.get(SceneSettings.POINTS);
        if (named == null) {
            return FinitePoints.of(scene.points(), input);
        }
        Path file = Path.of(named);
        if (!Files.exists(file) && Files.exists(input.resolve(named))) {
            file = input.resolve(named);
        }
        return FinitePoints.of(files.read(file, PointCloud.class), file);
    }

    private static Transparency transparency(Settings settings) {
        boolean isBlack = settings.get(SceneSettings.BACKGROUND).equals(SceneSettings.BLACK);
        boolean isMask = settings.get(SceneSettings.ALPHA).equals(SceneSettings.MASK);
        return new Transparency(isMask, isBlack ? 0 : 1);
    }

    private static float[] background(
            Gallery gallery, List<Photograph> training, Settings settings) {
        boolean isWhite =
                switch (settings.get(SceneSettings.BACKGROUND)) {
                    case SceneSettings.WHITE -> true;
                    case SceneSettings.BLACK -> false;
                    default -> gallery.hasAlpha() || CutOuts.areOnWhite(training);
                };
        return isWhite ? new float[] {1, 1, 1} : new float[3];
    }
}
