package org.kernfield.io.internal.camera;

import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.scene.Camera;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * COLMAP's sparse reconstruction: cameras, images and points3D, three files side by side, any of
 * which stands for all; points3D may be missing. All three are written. Two codecs, for the binary
 * and the text files.
 *
 * @see <a href="https://colmap.github.io/format.html">COLMAP's description</a>
 */
public class ColmapCodec extends SceneCodec {
    private static final List<String> FILES = List.of("cameras", "images", "points3D");

    private final String ending;

    protected ColmapCodec(boolean isText) {
        super(isText ? "colmap-text" : "colmap", isText ? "txt" : "bin");
        this.ending = isText ? ".txt" : ".bin";
    }

    @Override
    public boolean accepts(Probe head) {
        return head.size() > 0 && FILES.stream().anyMatch(f -> head.fileName().equals(f + ending));
    }

    @Override
    protected Scene decode(Path file, Limits limits) throws IOException {
        var left = new long[] {limits.bytes()};
        for (String name : FILES.subList(0, 2)) {
            Path sibling = file.resolveSibling(name + ending);
            if (!Files.isRegularFile(sibling)) {
                throw new FormatException(
                        file
                                + ": there is no "
                                + name
                                + ending
                                + " beside it; get the whole folder");
            }
            left[0] -= 2 * Files.size(sibling);
        }
        limits.check(file.toString(), limits.bytes() - left[0]);
        Map<Integer, Camera> cameras;
        List<View> views;
        PointCloud points = PointCloud.empty();
        Path pointFile = file.resolveSibling("points3D" + ending);
        if (ending.equals(".txt")) {
            cameras = ColmapText.cameras(file.resolveSibling("cameras.txt"));
            views = ColmapText.views(file.resolveSibling("images.txt"), cameras);
            if (Files.isRegularFile(pointFile)) {
                points = ColmapText.points(pointFile, limits);
            }
        } else {
            cameras = ColmapBinary.cameras(file.resolveSibling("cameras.bin"));
            views = ColmapBinary.views(file.resolveSibling("images.bin"), cameras);
            if (Files.isRegularFile(pointFile)) {
                points = ColmapBinary.points(pointFile, limits);
            }
        }
        return new Scene(views, points);
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    protected void encode(Scene scene, Path file) throws IOException {
        ColmapFiles files = ColmapFiles.of(scene);
        Path directory = file.toAbsolutePath().getParent();
        if (FILES.stream().noneMatch(f -> file.getFileName().toString().equals(f + ending))) {
            throw new FormatException(
                    "%s: COLMAP's files are called cameras%s, images%s and points3D%s; give one of these names"
                            .formatted(file, ending, ending, ending));
        }
        if (ending.equals(".txt")) {
            ColmapTextWriter.write(files, directory);
        } else {
            ColmapBinaryWriter.write(files, directory);
        }
    }

    /** The view of an image of a known camera. */
    static View view(String name, int camera, double[] pose, Map<Integer, Camera> cameras) {
        Camera known = cameras.get(camera);
        if (known == null) {
            throw new IllegalArgumentException("a picture of the unknown camera " + camera);
        }
        Refusal.unlessFinite("the pose of " + name, pose);
        return new View(
                name,
                known,
                Rotations.ofQuaternion(pose[0], pose[1], pose[2], pose[3]),
                new double[] {pose[4], pose[5], pose[6]});
    }
}
