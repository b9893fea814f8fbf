package org.kernfield.io.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.Broken;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reconstructions of COLMAP, as binary files and as text. */
class ColmapTest {
    private static final Limits LIMITS = new Limits(64_000_000);

    @TempDir Path folder;

    @Test
    void readsColmapBinaryAndTextAlike() throws IOException {
        writeColmap();
        Scene binary = new ColmapCodec(false) {}.read(folder.resolve("images.bin"), LIMITS);
        Scene text = new ColmapCodec(true) {}.read(folder.resolve("cameras.txt"), LIMITS);
        for (Scene scene : new Scene[] {binary, text}) {
            assertThat(scene.views()).extracting(View::picture).containsExactly("a b.png", "c.png");
            View first = scene.views().getFirst();
            assertThat(first.camera().width()).isEqualTo(64);
            assertThat(first.camera().fx()).isEqualTo(70);
            assertThat(first.camera().cy()).isEqualTo(24);
            assertThat(first.camera().distortion()).containsExactly(0.125);
            // half a turn about y
            assertThat(first.rotation())
                    .containsExactly(new double[] {-1, 0, 0, 0, 1, 0, 0, 0, -1}, within(1e-15));
            assertThat(first.translation()).containsExactly(1, 2, 3);
            assertThat(first.centre()).containsExactly(new double[] {1, -2, 3}, within(1e-15));
            assertThat(scene.points().positions()).containsExactly(4, 5, 6);
            assertThat(scene.points().colours()).containsExactly(1, 0, 0.2f);
        }
    }

    private void writeColmap() throws IOException {
        var cameras = buffer().putLong(1).putInt(7).putInt(2).putLong(64).putLong(48);
        write("cameras.bin", cameras.putDouble(70).putDouble(32).putDouble(24).putDouble(0.125));
        ByteBuffer images = buffer().putLong(2);
        for (String name : new String[] {"a b.png", "c.png"}) {
            images.putInt(1).putDouble(0).putDouble(0).putDouble(1).putDouble(0);
            images.putDouble(1).putDouble(2).putDouble(3).putInt(7);
            images.put(name.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
            images.putLong(1).putDouble(10).putDouble(20).putLong(-1);
        }
        write("images.bin", images);
        ByteBuffer points = buffer().putLong(1).putLong(3).putDouble(4).putDouble(5).putDouble(6);
        points.put((byte) 255).put((byte) 0).put((byte) 51).putDouble(0.5).putLong(1);
        write("points3D.bin", points.putInt(1).putInt(0));
        Files.writeString(
                folder.resolve("cameras.txt"), "# one\n7 SIMPLE_RADIAL 64 48 70 32 24 0.125\n");
        Files.writeString(
                folder.resolve("images.txt"),
                "# two lines each\n"
                        + "1 0 0 1 0 1 2 3 7 a b.png\n"
                        + "10 20 -1\n"
                        + "2 0 0 1 0 1 2 3 7 c.png\n\n");
        Files.writeString(folder.resolve("points3D.txt"), "3 4 5 6 255 0 51 0.5 1 0\n");
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void write(String name, ByteBuffer bytes) throws IOException {
        Files.write(folder.resolve(name), Arrays.copyOf(bytes.array(), bytes.position()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cameras.bin", "images.bin", "points3D.bin"})
    void refusesTruncatedColmapFiles(String name, @TempDir Path elsewhere) throws IOException {
        writeColmap();
        for (String other : new String[] {"cameras.bin", "images.bin", "points3D.bin"}) {
            Files.copy(folder.resolve(other), elsewhere.resolve(other));
        }
        var broken = new Broken(new ColmapCodec(false) {}, folder.resolve(name), elsewhere);
        for (int length = 0; length < broken.length(); length++) {
            assertThat(broken.refusesFirst(length)).as("first %d bytes", length).isTrue();
        }
        broken.flip(150, 3);
    }

    @Test
    void refusesColmapWithoutItsOtherFiles() throws IOException {
        writeColmap();
        Files.delete(folder.resolve("cameras.bin"));
        assertThatThrownBy(
                        () -> new ColmapCodec(false) {}.read(folder.resolve("images.bin"), LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("there is no cameras.bin beside it");
    }

    @ParameterizedTest
    @CsvSource({"FOV, 5", "THIN_PRISM_FISHEYE, 12", "RAD_TAN_THIN_PRISM_FISHEYE, 16"})
    void saysWhichCameraModelsOfColmapAreNotRead(String model, int parameters) throws IOException {
        writeColmap();
        Files.writeString(
                folder.resolve("cameras.txt"),
                "7 " + model + " 64 48" + " 0.5".repeat(parameters) + "\n");
        assertThatThrownBy(
                        () -> new ColmapCodec(true) {}.read(folder.resolve("images.txt"), LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessageEndingWith(
                        "the camera model " + model + " is not read; undistort the pictures first");
    }

    @Test
    void namesThePictureWhosePoseHasNoNumbers() throws IOException {
        writeColmap();
        Path images = folder.resolve("images.txt");
        Files.writeString(images, Files.readString(images).replace("1 2 3 7 c", "1 NaN 3 7 c"));
        assertThatThrownBy(() -> new ColmapCodec(true) {}.read(images, LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("the pose of c.png has NaN as number 6");
    }
}
