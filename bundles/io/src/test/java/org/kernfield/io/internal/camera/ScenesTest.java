package org.kernfield.io.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.Array;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.Broken;
import org.kernfield.io.internal.npy.NpyCodec;
import org.kernfield.io.internal.ply.PointPlyCodec;
import org.kernfield.scene.Camera;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

class ScenesTest {
    private static final Path DATA =
            Path.of("../../../shared/data/nerf").toAbsolutePath().normalize();
    private static final Limits LIMITS = new Limits(64_000_000);

    @TempDir Path folder;

    private static Path data(String name) {
        assumeTrue(Files.isDirectory(DATA), "no " + DATA + ": the cameras there are not tested");
        return DATA.resolve(name);
    }

    @Test
    void readsTransformsOfInstantNgp() throws IOException {
        Path file = data("fox/transforms.json");
        var codec = new TransformsCodec() {};
        assertThat(codec.accepts(Probe.of(file))).isTrue();
        Scene scene = codec.read(file, LIMITS);
        assertThat(scene.views()).hasSize(67);
        View first = scene.views().getFirst();
        assertThat(first.picture()).isEqualTo("images/0001.jpg");
        Camera camera = first.camera();
        assertThat(camera.width()).isEqualTo(1080);
        assertThat(camera.height()).isEqualTo(1920);
        assertThat(camera.fx()).isEqualTo(1375.52);
        assertThat(camera.fy()).isEqualTo(1374.49);
        assertThat(camera.cy()).isEqualTo(965.268);
        assertThat(camera.distortion()).startsWith(0.0578421, -0.0805099, -0.000980296, 0.00015575);
        // rows of the file's first matrix: its last column is where the camera stands, the third
        // looks backward
        assertThat(first.rotation()[6]).isCloseTo(-0.44209, within(1e-5));
        for (View view : scene.views()) {
            assertThat(determinant(view.rotation())).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void readsTransformsOfNerfWithoutSizes() throws IOException {
        Scene scene = new TransformsCodec() {}.read(data("lego/transforms_train.json"), LIMITS);
        assertThat(scene.views()).hasSize(100);
        Camera camera = scene.views().getFirst().camera();
        // 0.5 / tan(0.6911112070083618 / 2)
        assertThat(camera.fx()).isCloseTo(1.3888887, within(1e-6));
        assertThat(camera.width()).isZero();
    }

    /** A camera at (1, 2, 3) that looks along −z, as OpenGL has it: y of the world is up. */
    @Test
    void turnsTheAxesOfOpenGl() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("transforms.json"),
                        """
                        {"fl_x": 50, "w": 40, "h": 30, "camera_model": "OPENCV_FISHEYE", "k1": 0.5,
                         "frames": [{"file_path": "a.png", "k1": 0.25, "transform_matrix":
                         [[1,0,0,1],[0,1,0,2],[0,0,1,3],[0,0,0,1]]}]}\
                        """);
        View view = new TransformsCodec() {}.read(file, LIMITS).views().getFirst();
        assertThat(view.centre()).containsExactly(1, 2, 3);
        assertThat(view.rotation())
                .containsExactly(new double[] {1, 0, 0, 0, -1, 0, 0, 0, -1}, within(0.0));
        assertThat(view.camera().lens()).isEqualTo(Camera.Lens.FISHEYE);
        assertThat(view.camera().distortion()).containsExactly(0.25, 0, 0, 0);
        assertThat(view.camera().cx()).isEqualTo(20);
        assertThat(view.camera().fy()).isEqualTo(50);
    }

    /** What the file says counts for frames that say nothing, as does what a model says. */
    @ParameterizedTest
    @CsvSource({
        "'\"is_fisheye\": true, ', '', FISHEYE",
        "'', '\"is_fisheye\": true, ', FISHEYE",
        "'\"is_fisheye\": true, ', '\"is_fisheye\": false, ', PERSPECTIVE",
        "'\"is_fisheye\": false, ', '', PERSPECTIVE",
        "'\"camera_model\": \"OPENCV\", ', '\"is_fisheye\": true, ', PERSPECTIVE"
    })
    void readsFisheyesOfInstantNgp(String root, String frame, Camera.Lens lens) throws IOException {
        Path file = transforms(root, frame);
        View view = new TransformsCodec() {}.read(file, LIMITS).views().getFirst();
        assertThat(view.camera().lens()).isEqualTo(lens);
        assertThat(view.camera().distortion()).startsWith(0.1, 0.2);
    }

    private Path transforms(String root, String frame) throws IOException {
        return Files.writeString(
                folder.resolve("transforms.json"),
                """
                {%s"fl_x": 50, "w": 40, "h": 30, "k1": 0.1, "k2": 0.2, "frames": [{%s"file_path":
                "a.png", "transform_matrix": [[1,0,0,1],[0,1,0,2],[0,0,1,3],[0,0,0,1]]}]}\
                """
                        .formatted(root, frame));
    }

    /** nerfstudio: fl_x = width / 2 and fl_y = height are the whole sphere. */
    @Test
    void readsPanoramasOfNerfstudio() throws IOException {
        Path file =
                transforms(
                        "\"camera_model\": \"EQUIRECTANGULAR\", ", "\"fl_x\": 20, \"fl_y\": 30, ");
        Camera camera = new TransformsCodec() {}.read(file, LIMITS).views().getFirst().camera();
        assertThat(camera.lens()).isEqualTo(Camera.Lens.EQUIRECTANGULAR);
        // longitude π at the right edge, latitude π/2 at the lower one
        assertThat(camera.fx() * Math.PI + camera.cx()).isCloseTo(40, within(1e-12));
        assertThat(camera.fy() * Math.PI / 2 + camera.cy()).isCloseTo(30, within(1e-12));
    }

    @Test
    void readsTheMasksThatNerfstudioNames() throws IOException {
        Path file = transforms("", "\"mask_path\": \"masks/of a.png\", ");
        assertThat(new TransformsCodec() {}.read(file, LIMITS).masks())
                .containsExactly(Map.entry("a.png", "masks/of a.png"));
    }

    @Test
    void saysWhichCameraModelsAreNotRead() throws IOException {
        Path file = transforms("\"camera_model\": \"VR180_L\", ", "");
        assertThatThrownBy(() -> new TransformsCodec() {}.read(file, LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        file
                                + ": the camera model VR180_L is not read; undistort the pictures"
                                + " first");
    }

    @Test
    void namesTheFrameWhoseMatrixHasNoNumbers() throws IOException {
        Path file = transforms("", "");
        Files.writeString(file, Files.readString(file).replace("0,0,1,3", "0,0,1,NaN"));
        assertThatThrownBy(() -> new TransformsCodec() {}.read(file, LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(
                        file + ": the transform_matrix of frame 1 of a.png has NaN as number 12; ");
        Files.writeString(file, Files.readString(file).replace("\"w\": 40", "\"w\": -Infinity"));
        assertThatThrownBy(() -> new TransformsCodec() {}.read(file, LIMITS))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void readsThePointsThatNerfstudioNames() throws IOException {
        var points = new PointCloud(new float[] {1, 2, 3}, new float[] {0, 1, 0.2f});
        Files.createDirectory(folder.resolve("sparse"));
        new PointPlyCodec().write(points, folder.resolve("sparse/pc.ply"));
        Path file = transforms("\"ply_file_path\": \"./sparse/pc.ply\", ", "");
        PointCloud read = new TransformsCodec() {}.read(file, LIMITS).points();
        assertThat(read.positions()).containsExactly(1, 2, 3);
        assertThat(read.colours()).containsExactly(points.colours(), within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.ply", "../elsewhere.ply", "inside/../../elsewhere.ply", "/@"})
    void passesPointsOverThatAreMissingOrElsewhere(String name) throws IOException {
        Path elsewhere = folder.resolve("elsewhere.ply");
        new PointPlyCodec().write(new PointCloud(new float[3], new float[0]), elsewhere);
        Path inside = Files.createDirectory(folder.resolve("inside"));
        String named = name.replace("/@", elsewhere.toString());
        Path file = transforms("\"ply_file_path\": \"" + named + "\", ", "");
        Path moved = Files.move(file, inside.resolve("transforms.json"));
        assertThat(new TransformsCodec() {}.read(moved, LIMITS).points().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[0,0,0,1],[0,1,0,2],[0,0,1,3]]",
                "[[1,0,0,1],[1,1,0,2],[0,0,1,3]]",
                "[[1,0,0],[0,1,0],[0,0,1]]",
                "[1, 2]"
            })
    void refusesMatricesThatAreNoCamera(String matrix) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("transforms.json"),
                        "{\"fl_x\": 50, \"frames\": [{\"file_path\": \"a\", \"transform_matrix\": "
                                + matrix
                                + "}]}");
        assertThatThrownBy(() -> new TransformsCodec() {}.read(file, LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": ");
    }

    @Test
    void readsAReconstructionOfOpenSfm() throws IOException {
        Path file = data("berlin/reconstruction_example.json");
        var codec = new OpenSfmCodec() {};
        assertThat(codec.accepts(Probe.of(file))).isTrue();
        Scene scene = codec.read(file, LIMITS);
        assertThat(scene.views()).extracting(View::picture).contains("01.jpg", "02.jpg", "03.jpg");
        assertThat(scene.points().count()).isEqualTo(1430);
        Camera camera = scene.views().getFirst().camera();
        assertThat(camera.fx()).isCloseTo(0.8696658484855359 * 3264, within(1e-9));
        assertThat(camera.cx()).isEqualTo(1632);
        // what the pictures were reconstructed from lies before them
        View view = scene.views().getFirst();
        int before = 0;
        for (int k = 0; k < scene.points().count(); k++) {
            double z = view.translation()[2];
            for (int c = 0; c < 3; c++) {
                z += view.rotation()[6 + c] * scene.points().positions()[3 * k + c];
            }
            before += z > 0 ? 1 : 0;
        }
        assertThat(before).isGreaterThan(1400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"width\": 40", "\"height\": 30", "\"k1\": 0.5", "\"k2\": 0.25"})
    void refusesCamerasOfOpenSfmWithoutNumbers(String member) throws IOException {
        String text =
                "[{\"cameras\": {\"c\": {\"projection_type\": \"perspective\", \"width\": 40,"
                        + " \"height\": 30, \"focal\": 0.9, \"k1\": 0.5, \"k2\": 0.25}},"
                        + " \"shots\": {\"a.jpg\": {\"camera\": \"c\", \"rotation\": [0, 0, 0],"
                        + " \"translation\": [0, 0, 0]}}}]";
        Path file = Files.writeString(folder.resolve("reconstruction.json"), text);
        assertThat(new OpenSfmCodec() {}.read(file, LIMITS).views()).hasSize(1);
        String name = member.substring(0, member.indexOf(':'));
        Files.writeString(file, text.replace(member, name + ": NaN"));
        assertThatThrownBy(() -> new OpenSfmCodec() {}.read(file, LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("NaN");
    }

    /** Columns down, right, backward, position, then height, width, focal length; depths. */
    @Test
    void readsPosesOfLlff() throws IOException {
        Path file = folder.resolve("poses_bounds.npy");
        new NpyCodec()
                .write(Array.of(17, 0.0, 1, 0, 5, 30, -1, 0, 0, 6, 40, 0, 0, 1, 7, 50, 1, 9), file);
        View view = new LlffCodec() {}.read(file, LIMITS).views().getFirst();
        // x is right and y up in this world: the camera of OpenGL looks along −z
        assertThat(view.rotation())
                .containsExactly(new double[] {1, 0, 0, 0, -1, 0, 0, 0, -1}, within(0.0));
        assertThat(view.centre()).containsExactly(5, 6, 7);
        assertThat(view.camera().width()).isEqualTo(40);
        assertThat(view.camera().height()).isEqualTo(30);
        assertThat(view.camera().fx()).isEqualTo(50);
    }

    @Test
    void answersFlippedBitsOfDescriptionsWithSentences() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("good.json"),
                        """
                        [{"cameras": {"c": {"projection_type": "brown", "width": 4, "height": 3,
                        "focal_x": 1, "focal_y": 1}}, "shots": {"a": {"camera": "c",
                        "rotation": [0, 1, 2], "translation": [0, 0, 1]}},
                        "points": {"0": {"coordinates": [1, 2, 3], "color": [1, 2, 3]}}}]\
                        """);
        Path elsewhere = Files.createDirectory(folder.resolve("broken"));
        var broken = new Broken(new OpenSfmCodec() {}, file, elsewhere);
        broken.flip(200, 5);
        for (int length = 0; length < broken.length(); length++) {
            assertThat(broken.refusesFirst(length)).isTrue();
        }
    }

    @Test
    void readsPointsWithColours() throws IOException {
        Path file = data("fox/pts5000.ply");
        var codec = new PointPlyCodec();
        assertThat(codec.accepts(Probe.of(file))).isTrue();
        PointCloud points = codec.read(file, LIMITS);
        assertThat(points.count()).isEqualTo(5000);
        assertThat(points.positions()).startsWith(0.848596f, -1.442600f, -2.771387f);
        assertThat(points.colours()).startsWith(82 / 255f, 87 / 255f, 134 / 255f);
        Path copy = folder.resolve("copy.ply");
        codec.write(points, copy);
        PointCloud again = codec.read(copy, LIMITS);
        assertThat(again.positions()).isEqualTo(points.positions());
        assertThat(again.colours()).containsExactly(points.colours(), within(1e-6f));
    }

    /** Big-endian, doubles, a list and an element before the points. */
    @Test
    void readsPlyOfOtherByteOrder() throws IOException {
        String header =
                """
                ply
                format binary_big_endian 1.0
                comment of a test
                element extra 2
                property list uchar short numbers
                element vertex 1
                property double x
                property int y
                property float z
                end_header
                """;
        var bytes = ByteBuffer.allocate(header.length() + 5 + 2 + 16);
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        bytes.put((byte) 2).putShort((short) 1).putShort((short) 2);
        bytes.put((byte) 0);
        bytes.putDouble(1.5).putInt(-7).putFloat(0.25f);
        Path file =
                Files.write(
                        folder.resolve("big.ply"), Arrays.copyOf(bytes.array(), bytes.position()));
        assertThat(new PointPlyCodec().read(file, LIMITS).positions())
                .containsExactly(1.5f, -7, 0.25f);
    }

    private static double determinant(double[] r) {
        return r[0] * (r[4] * r[8] - r[5] * r[7])
                - r[1] * (r[3] * r[8] - r[5] * r[6])
                + r[2] * (r[3] * r[7] - r[4] * r[6]);
    }
}
