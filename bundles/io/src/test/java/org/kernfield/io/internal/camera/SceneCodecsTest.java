package org.kernfield.io.internal.camera;

import org.junit.jupiter.api.Nested;
import org.kernfield.backend.Array;
import org.kernfield.format.Codec;
import org.kernfield.io.internal.Registered;
import org.kernfield.io.internal.npy.NpyCodec;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;
import org.kernfield.testkit.CodecContract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Every codec of cameras passes the contract; a reconstruction of COLMAP is three files. */
class SceneCodecsTest {
    private static final double CLOSE = 1e-12;
    private static final double[] QUARTER_TURN = {1, 0, 0, 0, 0, -1, 0, 1, 0};
    private static final double[] HALF_TURN = {-1, 0, 0, 0, 1, 0, 0, 0, -1};

    @Nested
    class Colmap extends Scenes {
        Colmap() {
            super(new Registered.ColmapBinary(), "images.bin");
        }

        @Override
        protected List<String> companions() {
            return List.of("cameras.bin", "points3D.bin");
        }

        @Override
        protected List<Scene> values() {
            return List.of(scene(POINTS));
        }
    }

    @Nested
    class ColmapText extends Scenes {
        ColmapText() {
            super(new Registered.ColmapText(), "cameras.txt");
        }

        @Override
        protected List<String> companions() {
            return List.of("images.txt", "points3D.txt");
        }

        @Override
        protected List<Scene> values() {
            return List.of(scene(POINTS));
        }

        /** Fewer lines are fewer pictures. */
        @Override
        protected boolean marksItsEnd() {
            return false;
        }
    }

    @Nested
    class Transforms extends Scenes {
        Transforms() {
            super(new Registered.Transforms(), "transforms.json");
        }

        @Override
        protected List<Scene> values() {
            return List.of(scene(PointCloud.empty()));
        }
    }

    @Nested
    class OpenSfm extends Scenes {
        OpenSfm() {
            super(new Registered.OpenSfm(), "reconstruction.json");
        }

        @Override
        protected Path sample(Path folder) throws IOException {
            return Files.writeString(folder.resolve(fileName()), RECONSTRUCTION);
        }
    }

    @Nested
    class Llff extends Scenes {
        Llff() {
            super(new Registered.Llff(), "poses_bounds.npy");
        }

        @Override
        protected Path sample(Path folder) throws IOException {
            Path file = folder.resolve(fileName());
            new NpyCodec().write(Array.of(17, POSES), file);
            return file;
        }
    }

    /** Scenes in a file of a name of its own. */
    abstract static class Scenes extends CodecContract<Scene> {
        private final Codec<Scene> codec;
        private final String fileName;

        Scenes(Codec<Scene> codec, String fileName) {
            this.codec = codec;
            this.fileName = fileName;
        }

        @Override
        protected Codec<Scene> codec() {
            return codec;
        }

        @Override
        protected String fileName() {
            return fileName;
        }

        @Override
        protected List<Scene> values() {
            return List.of();
        }

        @Override
        protected boolean same(Scene read, Scene written) {
            boolean isSame =
                    read.views().size() == written.views().size()
                            && Arrays.equals(
                                    read.points().positions(), written.points().positions())
                            && Arrays.equals(read.points().colours(), written.points().colours());
            for (int k = 0; isSame && k < read.views().size(); k++) {
                isSame = same(read.views().get(k), written.views().get(k));
            }
            return isSame;
        }

        private static boolean same(View read, View written) {
            return read.picture().equals(written.picture())
                    && close(read.rotation(), written.rotation())
                    && close(read.translation(), written.translation())
                    && read.camera().lens() == written.camera().lens()
                    && close(numbers(read.camera()), numbers(written.camera()));
        }

        /** Coefficients of distortion that are not given are 0. */
        private static double[] numbers(Camera camera) {
            double[] numbers = Arrays.copyOf(camera.distortion(), 14);
            double[] others = {
                camera.width(),
                camera.height(),
                camera.fx(),
                camera.fy(),
                camera.cx(),
                camera.cy()
            };
            System.arraycopy(others, 0, numbers, 8, others.length);
            return numbers;
        }

        private static boolean close(double[] read, double[] written) {
            boolean isClose = read.length == written.length;
            for (int k = 0; isClose && k < read.length; k++) {
                isClose = Math.abs(read[k] - written[k]) <= CLOSE;
            }
            return isClose;
        }
    }

    private static final PointCloud POINTS =
            new PointCloud(
                    new float[] {1, 2, 3, -0.5f, 1e-7f, 7}, new float[] {0, 1, 0.2f, 1, 1, 0});

    private static Scene scene(PointCloud points) {
        var pinhole = new Camera(640, 480, 500, 510, 321.5, 239, Lens.PERSPECTIVE);
        var fisheye = new Camera(200, 200, 60, 61, 100, 101, Lens.FISHEYE, 0.01, 0.02, 0.03, 0.04);
        return new Scene(
                List.of(
                        new View("a.png", pinhole, QUARTER_TURN, new double[] {1, 2, 3}),
                        new View("b c.png", fisheye, HALF_TURN, new double[] {0, -0.5, 4})),
                points);
    }

    private static final String RECONSTRUCTION =
            """
            [{"cameras": {"one": {"projection_type": "perspective", "width": 64, "height": 48,
              "focal": 0.9, "k1": 0.1, "k2": -0.01}},
              "shots": {"a.jpg": {"camera": "one", "rotation": [0.1, 0.2, 0.3],
                                  "translation": [1, 2, 3]},
                        "b.jpg": {"camera": "one", "rotation": [0, 0, 0],
                                  "translation": [0, 0, 4]}},
              "points": {"7": {"coordinates": [1, 2, 3], "color": [255, 0, 51]}}}]\
            """;

    /** Two rows: down, right, backward, place and height, width, focal length; two depths. */
    private static final double[] POSES = {
        0, 1, 0, 1, 48, 1, 0, 0, 2, 64, 0, 0, -1, 3, 70, 1, 9,
        0, 1, 0, 0, 48, 1, 0, 0, 0, 64, 0, 0, -1, 5, 70, 1, 9
    };
}
