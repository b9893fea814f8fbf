package org.kernfield.io.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.format.Codec;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.Registered;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Rotation;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Scenes written for other programs, and read again. */
class SceneWritersTest {
    @TempDir Path directory;

    private static final Camera PINHOLE =
            new Camera(640, 480, 500, 510, 321.5, 239, Lens.PERSPECTIVE);
    private static final List<Camera> CAMERAS =
            List.of(
                    PINHOLE,
                    new Camera(640, 480, 500, 510, 321.5, 239, Lens.PERSPECTIVE),
                    new Camera(100, 80, 90, 90, 50, 40, Lens.PERSPECTIVE, 0.1, -0.2, 1e-5, 2e-3),
                    new Camera(
                            100, 80, 90, 90, 50, 40, Lens.PERSPECTIVE, .1, .2, 0, 0, .3, 0, .4, .5),
                    new Camera(200, 200, 60, 61, 100, 101, Lens.FISHEYE, 0.01, 0.02, 0.03, 0.04));

    private static Scene scene() {
        var random = new SplittableRandom(4);
        var views = new java.util.ArrayList<View>();
        for (int k = 0; k < CAMERAS.size(); k++) {
            double[] rotation =
                    Rotation.matrix(
                            random.nextGaussian(),
                            random.nextGaussian(),
                            random.nextGaussian(),
                            random.nextGaussian());
            double[] place = {random.nextGaussian(), 2 * random.nextGaussian(), 1e-3};
            views.add(new View("images/ä " + k + ".jpg", CAMERAS.get(k), rotation, place));
        }
        var points =
                new PointCloud(
                        new float[] {1, 2, 3, -0.5f, 1e-7f, 7}, new float[] {0, 1, 0.2f, 1, 1, 0});
        return new Scene(views, points);
    }

    private static Codec<Scene> codec(String file) {
        return switch (file.substring(file.lastIndexOf('.'))) {
            case ".bin" -> new Registered.ColmapBinary();
            case ".txt" -> new Registered.ColmapText();
            default -> new Registered.Transforms();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"images.bin", "cameras.txt", "transforms.json"})
    void readsWhatItWrites(String name) throws IOException {
        Scene written = scene();
        Path file = directory.resolve(name);
        codec(name).write(written, file);
        Scene read = codec(name).read(file, Limits.ofHeap());
        assertThat(read.views()).hasSameSizeAs(written.views());
        for (int k = 0; k < read.views().size(); k++) {
            View is = read.views().get(k);
            View was = written.views().get(k);
            assertThat(is.picture()).isEqualTo(was.picture());
            assertThat(is.rotation()).containsExactly(was.rotation(), within(1e-12));
            assertThat(is.translation()).containsExactly(was.translation(), within(1e-12));
            same(is.camera(), was.camera());
        }
        if (!name.endsWith(".json")) {
            assertThat(read.points().positions()).isEqualTo(written.points().positions());
            assertThat(read.points().colours()).isEqualTo(written.points().colours());
        }
    }

    private static void same(Camera is, Camera was) {
        assertThat(is.lens()).isEqualTo(was.lens());
        assertThat(new double[] {is.width(), is.height(), is.fx(), is.fy(), is.cx(), is.cy()})
                .containsExactly(was.width(), was.height(), was.fx(), was.fy(), was.cx(), was.cy());
        for (int k = 0; k < 8; k++) {
            double a = k < is.distortion().length ? is.distortion()[k] : 0;
            double b = k < was.distortion().length ? was.distortion()[k] : 0;
            assertThat(a).isEqualTo(b);
        }
    }

    /**
     * The layout of COLMAP's description, byte by byte; a quarter turn about x is (√½, √½, 0, 0).
     */
    @Test
    void laysColmapOutAsDescribed() throws IOException {
        double[] quarter = {1, 0, 0, 0, 0, -1, 0, 1, 0};
        var view = new View("a.png", PINHOLE, quarter, new double[] {1, 2, 3});
        var scene = new Scene(List.of(view, view), PointCloud.empty());
        new Registered.ColmapBinary().write(scene, directory.resolve("images.bin"));
        ByteBuffer cameras = bytes("cameras.bin");
        assertThat(cameras.getLong(0)).as("cameras, shared ones once").isEqualTo(1);
        assertThat(cameras.getInt(8)).as("number").isEqualTo(1);
        assertThat(cameras.getInt(12)).as("PINHOLE").isEqualTo(1);
        assertThat(cameras.getLong(16)).isEqualTo(640);
        assertThat(cameras.getLong(24)).isEqualTo(480);
        assertThat(cameras.getDouble(32)).isEqualTo(500);
        assertThat(cameras.getDouble(56)).isEqualTo(239);
        assertThat(cameras.capacity()).isEqualTo(64);
        ByteBuffer images = bytes("images.bin");
        assertThat(images.getLong(0)).isEqualTo(2);
        assertThat(images.getInt(8)).isEqualTo(1);
        double[] pose = {Math.sqrt(0.5), Math.sqrt(0.5), 0, 0, 1, 2, 3};
        for (int k = 0; k < pose.length; k++) {
            assertThat(images.getDouble(12 + 8 * k)).isCloseTo(pose[k], within(1e-15));
        }
        assertThat(images.getInt(68)).as("camera").isEqualTo(1);
        assertThat(new String(images.array(), 72, 6)).isEqualTo("a.png\0");
        assertThat(images.getLong(78)).as("points").isZero();
        assertThat(bytes("points3D.bin").getLong(0)).isZero();
    }

    private ByteBuffer bytes(String name) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(directory.resolve(name)))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Cameras without pictures are refused, pictures of other cameras would be read. */
    @ParameterizedTest
    @CsvSource({"images.bin, points3D.bin", "images.txt, points3D.txt"})
    void leavesNoPicturesBesideHalfNewFiles(String name, String points) throws IOException {
        Path file = directory.resolve(name);
        codec(name).write(scene(), file);
        Files.delete(directory.resolve(points));
        Files.createDirectories(directory.resolve(points).resolve("in the way"));
        assertThatThrownBy(() -> codec(name).write(scene(), file)).isInstanceOf(IOException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void keepsCamerasWithoutASizeInTransforms() throws IOException {
        var camera = new Camera(0, 0, 1.2, 1.2, 0, 0, Lens.PERSPECTIVE);
        double[] same = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        var scene =
                new Scene(List.of(new View("a", camera, same, new double[3])), PointCloud.empty());
        Path file = directory.resolve("transforms.json");
        new Registered.Transforms().write(scene, file);
        Camera read =
                new Registered.Transforms().read(file, Limits.ofHeap()).views().getFirst().camera();
        assertThat(read.width()).isZero();
        assertThat(read.fx()).isCloseTo(1.2, within(1e-12));
        assertThatThrownBy(
                        () ->
                                new Registered.ColmapText()
                                        .write(scene, directory.resolve("images.txt")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("without a size");
    }

    @Test
    void keepsPanoramasAndMasksInTransforms() throws IOException {
        var camera = new Camera(10, 5, 1.5, 1.75, 5, 2.5, Lens.EQUIRECTANGULAR);
        double[] same = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        var scene =
                new Scene(
                        List.of(new View("a", camera, same, new double[3])),
                        PointCloud.empty(),
                        Map.of("a", "m.png"));
        Path file = directory.resolve("transforms.json");
        new Registered.Transforms().write(scene, file);
        assertThat(Files.readString(file)).contains("\"fl_x\": " + 1.5 * Math.PI);
        Scene read = new Registered.Transforms().read(file, Limits.ofHeap());
        assertThat(read.masks()).isEqualTo(scene.masks());
        assertThat(read.views().getFirst().camera().lens()).isEqualTo(Lens.EQUIRECTANGULAR);
        assertThat(read.views().getFirst().camera().fx()).isCloseTo(1.5, within(1e-12));
        assertThat(read.views().getFirst().camera().fy()).isCloseTo(1.75, within(1e-12));
    }

    @Test
    void refusesWhatAFormatHasNoPlaceFor() {
        var camera = new Camera(10, 5, 1, 1, 5, 2.5, Lens.ORTHOGRAPHIC);
        double[] same = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        var scene =
                new Scene(List.of(new View("a", camera, same, new double[3])), PointCloud.empty());
        for (String name : List.of("images.bin", "images.txt", "t.json")) {
            assertThatThrownBy(() -> codec(name).write(scene, directory.resolve(name)))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("ORTHOGRAPHIC");
        }
        assertThatThrownBy(() -> codec("a.bin").write(scene(), directory.resolve("a.bin")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("images.bin");
        assertThat(directory).isEmptyDirectory();
    }
}
