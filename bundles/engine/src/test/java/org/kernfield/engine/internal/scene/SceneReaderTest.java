package org.kernfield.engine.internal.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.Workers;
import org.kernfield.engine.internal.FileReader;
import org.kernfield.field.Image;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.format.FormatException;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From a directory to a task; what files hold is given by hand. */
class SceneReaderTest {
    private static final Camera CAMERA = new Camera(8, 4, 10, 10, 4, 2, Lens.PERSPECTIVE);

    @TempDir Path directory;
    private final Map<Path, Object> contents = new HashMap<>();

    private void put(String name, Object content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        contents.put(file, content);
    }

    private static Image grey(int width, int height, float value) {
        var values = new float[width * height];
        Arrays.fill(values, value);
        return new Image(width, height, 1, values);
    }

    /** Half covered by black, on white. */
    private static Image halfBlack() {
        var alpha = new float[8 * 4];
        Arrays.fill(alpha, 0.5f);
        return new Image(8, 4, 1, grey(8, 4, 0.5f).values(), alpha);
    }

    private static View view(String picture, Camera camera) {
        return new View(
                picture, camera, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[] {0, 0, 5});
    }

    private void scene(Camera camera, String... pictures) throws IOException {
        scene(PointCloud.empty(), camera, pictures);
    }

    private void scene(PointCloud points, Camera camera, String... pictures) throws IOException {
        var views = new ArrayList<View>();
        for (String picture : pictures) {
            views.add(view(picture, camera));
        }
        put("transforms.json", new Scene(views, points));
    }

    private RadianceTask read(String... settings) throws IOException {
        return read(directory, settings);
    }

    private RadianceTask read(Path input, String... settings) throws IOException {
        var reader =
                new SceneReader(
                        new FileReader() {
                            @Override
                            public boolean knows(Path file, Class<?> type) {
                                return type.isInstance(contents.get(file));
                            }

                            @Override
                            public <T> T read(Path file, Class<T> type) {
                                return type.cast(contents.get(file));
                            }
                        },
                        Workers.SERIAL);
        assertThat(reader.accepts(input)).isTrue();
        var given = new HashMap<String, String>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            given.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return (RadianceTask) reader.read(input, Settings.of(reader.settings(), given));
    }

    private static List<String> names(List<Photograph> photographs) {
        return photographs.stream().map(p -> p.view().picture()).toList();
    }

    @Test
    void findsPicturesWithoutTheirEndingAndLeavesOutThoseThatAreMissing() throws IOException {
        scene(CAMERA, "./train/r_0", "b.jpg", "c.jpg");
        put("train/r_0.png", grey(8, 4, 0.5f));
        put("images/c.jpg", grey(8, 4, 0.25f));
        RadianceTask task = read();
        assertThat(names(task.training())).containsExactly("./train/r_0", "c.jpg");
        assertThat(task.missing()).containsExactly("b.jpg");
        assertThat(task.training().getLast().image().values())
                .hasSize(8 * 4 * 3)
                .containsOnly(0.25f);
    }

    @Test
    void scalesPicturesAndTheirCamerasDown() throws IOException {
        scene(CAMERA, "a.png");
        put("a.png", grey(32, 16, 0.5f));
        // the narrowest width that may be asked for
        Photograph photograph = read("width=16").training().getFirst();
        assertThat(photograph.image().width()).isEqualTo(16);
        assertThat(photograph.image().height()).isEqualTo(8);
        Camera camera = photograph.view().camera();
        assertThat(camera.fx()).isCloseTo(20, within(1e-12));
        assertThat(camera.cx()).isCloseTo(8, within(1e-12));
        assertThat(camera.cy()).isCloseTo(4, within(1e-12));
    }

    @Test
    void takesTheSizeOfThePictureWhereTheCameraSaysNone() throws IOException {
        scene(new Camera(0, 0, 1.5, 1.5, 0, 0, Lens.PERSPECTIVE), "a.png");
        put("a.png", grey(40, 20, 0.5f));
        Camera camera = read().training().getFirst().view().camera();
        assertThat(camera.fx()).isCloseTo(60, within(1e-12));
        assertThat(camera.cx()).isCloseTo(20, within(1e-12));
        assertThat(camera.cy()).isCloseTo(10, within(1e-12));
    }

    @Test
    void refusesAPictureThatItsCameraCannotHaveTaken() throws IOException {
        scene(CAMERA, "a.png");
        put("a.png", grey(8, 8, 0.5f));
        assertThatThrownBy(this::read)
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("a.png: 8 × 8 pixels, but its camera has 8 × 4");
    }

    @Test
    void refusesASceneWithoutAnyPicture() throws IOException {
        scene(CAMERA, "a.png", "b.png");
        assertThatThrownBy(this::read)
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("none of its 2 views has a picture");
    }

    @Test
    void holdsOutThePicturesThatAreNamed() throws IOException {
        scene(CAMERA, "images/0001.jpg", "images/0031.jpg");
        put("images/0001.jpg", grey(8, 4, 0.5f));
        put("images/0031.jpg", grey(8, 4, 0.5f));
        RadianceTask task = read("testViews=0031.jpg");
        assertThat(names(task.held())).containsExactly("images/0031.jpg");
        assertThat(names(task.training())).containsExactly("images/0001.jpg");
        assertThatThrownBy(() -> read("testViews=0032.jpg"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("0031.jpg");
    }

    @Test
    void holdsOutOnePictureOfSoMany() throws IOException {
        scene(CAMERA, "c.png", "a.png", "b.png", "d.png");
        for (String name : List.of("a", "b", "c", "d")) {
            put(name + ".png", grey(8, 4, 0.5f));
        }
        assertThat(names(read("testEvery=2").held())).containsExactly("c.png", "a.png");
    }

    @Test
    void leavesOutPointsThatAreNowhere() throws IOException {
        float nan = Float.NaN;
        scene(new PointCloud(new float[] {1, 2, 3, nan, 0, 0}, new float[0]), CAMERA, "a.png");
        put("a.png", grey(8, 4, 0.5f));
        assertThat(read().points().positions()).containsExactly(1, 2, 3);
        put("bad.ply", new PointCloud(new float[] {nan, nan, nan}, new float[0]));
        assertThatThrownBy(() -> read("points=bad.ply"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("none of its 1 points has finite coordinates");
    }

    @Test
    void weighsPixelsByTheMask() throws IOException {
        scene(CAMERA, "a.jpg");
        put("a.jpg", grey(8, 4, 0.5f));
        var left = grey(8, 4, 0);
        for (int y = 0; y < 4; y++) {
            Arrays.fill(left.values(), 8 * y, 8 * y + 4, 1);
        }
        put("masks/a.png", left);
        assertThat(read().training().getFirst().mask()).isEqualTo(left.values());
    }

    @Test
    void takesTheMasksThatTheDescriptionNames() throws IOException {
        var views = List.of(view("a.jpg", CAMERA));
        var masks = Map.of("a.jpg", "elsewhere/m.png");
        put("transforms.json", new Scene(views, PointCloud.empty(), masks));
        put("a.jpg", grey(8, 4, 0.5f));
        put("masks/a.png", grey(8, 4, 1));
        assertThatThrownBy(this::read)
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("elsewhere/m.png: there is no such mask");
        put("elsewhere/m.png", grey(8, 4, 0.25f));
        assertThat(read().training().getFirst().mask()).hasSize(8 * 4).containsOnly(0.25f);
    }

    /** Some lie where a picture, but no mask, would be found; one is no name at all. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "b.png", "../outside.png", "a\u0000.png"})
    void takesNothingElseForAMaskThatIsMissing(String mask) throws IOException {
        var views = List.of(view("a.jpg", CAMERA));
        var masks = Map.of("a.jpg", mask);
        put("inside/transforms.json", new Scene(views, PointCloud.empty(), masks));
        put("inside/a.jpg", grey(8, 4, 0.5f));
        put("inside/images/b.png", grey(8, 4, 0.5f));
        put("outside.png", grey(8, 4, 0.5f));
        assertThatThrownBy(() -> read(directory.resolve("inside")))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        directory.resolve("inside")
                                + "/"
                                + mask
                                + ": there is no such mask; put it there, or remove its mask_path");
    }

    /** Half a turn from the left edge to the right one. */
    @Test
    void keepsWideFisheyesAsTheyAreAndSaysSo() throws IOException {
        scene(new Camera(40, 40, 40 / Math.PI, 40 / Math.PI, 20, 20, Lens.FISHEYE), "a.jpg");
        put("a.jpg", grey(40, 40, 0.5f));
        RadianceTask task = read();
        // a pinhole of a quarter of the focal length sees its corner at tan θ; there the sides of a
        // pixel are cos θ and √(θ / tan θ) of what they are in the middle, which are 4
        double tangent = Math.hypot(20, 20) / (10 / Math.PI);
        double angle = Math.atan(tangent);
        double side = 4 * Math.cos(angle) * Math.sqrt(angle / tangent);
        Camera kept = task.training().getFirst().view().camera();
        assertThat(kept.lens()).isEqualTo(Lens.FISHEYE);
        assertThat(kept.fx()).isCloseTo(40 / Math.PI, within(1e-12));
        assertThat(task.remarks())
                .containsExactly(
                        "pictures of distorted cameras are trained as they are: made straight, their sampling would change up to %.2f times; distortion=straighten does so"
                                .formatted(1 / side));
        Camera straight = read("distortion=straighten").training().getFirst().view().camera();
        assertThat(straight.lens()).isEqualTo(Lens.PERSPECTIVE);
    }

    @Test
    void straightensWhatIsHardlyDistortedUnlessItIsToBeKept() throws IOException {
        var distorted = new Camera(40, 30, 40, 40, 20, 15, Lens.PERSPECTIVE, -0.05);
        scene(distorted, "a.jpg");
        put("a.jpg", grey(40, 30, 0.5f));
        RadianceTask straightened = read();
        assertThat(straightened.training().getFirst().view().camera().isDistorted()).isFalse();
        assertThat(straightened.remarks()).hasSize(1);
        assertThat(straightened.remarks().getFirst()).contains("were made straight");
        RadianceTask kept = read("distortion=keep");
        assertThat(kept.training().getFirst().view().camera().distortion()).containsExactly(-0.05);
        assertThat(kept.remarks())
                .containsExactly("pictures of distorted cameras are trained as they are");
    }

    @Test
    void laysWhatIsTransparentOverTheBackground() throws IOException {
        scene(CAMERA, "a.png");
        put("a.png", halfBlack());
        RadianceTask onWhite = read();
        assertThat(onWhite.background()).containsExactly(1, 1, 1);
        assertThat(onWhite.training().getFirst().image().values()).containsOnly(0.5f);
        assertThat(onWhite.training().getFirst().alpha()).hasSize(8 * 4).containsOnly(0.5f);
        RadianceTask onBlack = read("background=black");
        assertThat(onBlack.background()).containsExactly(0, 0, 0);
        assertThat(onBlack.training().getFirst().image().values()).containsOnly(0);
        assertThat(onBlack.training().getFirst().alpha()).containsOnly(0.5f);
    }

    @Test
    void leavesOutWhatIsTransparentWhereAlphaIsAMask() throws IOException {
        scene(CAMERA, "a.png");
        put("a.png", halfBlack());
        Photograph photograph = read("alpha=mask").training().getFirst();
        assertThat(photograph.image().values()).containsOnly(0);
        assertThat(photograph.mask()).hasSize(8 * 4).containsOnly(0.5f);
        assertThat(photograph.alpha()).isNull();
        put("masks/a.png", grey(8, 4, 0.5f));
        assertThat(read("alpha=mask").training().getFirst().mask()).containsOnly(0.25f);
    }

    @Test
    void scalesAlphaWithThePicture() throws IOException {
        scene(CAMERA, "a.png");
        var alpha = new float[32 * 16];
        for (int k = 0; k < alpha.length; k += 2) {
            alpha[k] = 1;
        }
        put("a.png", new Image(32, 16, 1, grey(32, 16, 1).values(), alpha));
        assertThat(read("width=16").training().getFirst().alpha())
                .hasSize(16 * 8)
                .containsOnly(0.5f);
    }

    @Test
    void takesWhiteForTheBackgroundOfPicturesWithAWhiteBorder() throws IOException {
        scene(CAMERA, "a.png");
        put("a.png", grey(8, 4, 1));
        assertThat(read().background()).containsExactly(1, 1, 1);
        assertThat(read("background=black").background()).containsExactly(0, 0, 0);
    }
}
