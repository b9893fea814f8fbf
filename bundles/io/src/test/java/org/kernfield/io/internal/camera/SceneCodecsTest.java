package org.kernfield.io.internal.camera;

import org.junit.jupiter.api.Nested;
import org.kernfield.format.Codec;
import org.kernfield.io.internal.Fixtures;
import org.kernfield.io.internal.Registered;
import org.kernfield.scene.Camera;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;
import org.kernfield.testkit.CodecContract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Every codec of cameras passes the contract; a reconstruction of COLMAP is three files. */
class SceneCodecsTest {
    private static final double CLOSE = 1e-12;

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
            return List.of(Fixtures.scene(Fixtures.points()));
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
            return List.of(Fixtures.scene(Fixtures.points()));
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
            return List.of(Fixtures.scene(PointCloud.empty()));
        }
    }

    @Nested
    class OpenSfm extends Scenes {
        OpenSfm() {
            super(new Registered.OpenSfm(), "reconstruction.json");
        }

        @Override
        protected Path sample(Path folder) throws IOException {
            return Fixtures.openSfm(folder);
        }
    }

    @Nested
    class Llff extends Scenes {
        Llff() {
            super(new Registered.Llff(), "poses_bounds.npy");
        }

        @Override
        protected Path sample(Path folder) throws IOException {
            return Fixtures.llff(folder);
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
                camera.width(), camera.height(), camera.fx(), camera.fy(), camera.cx(), camera.cy()
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
}
