package org.kernfield.io.internal.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.Allocation;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What glTF may say beside the numbers, in files of our own that are changed. */
class GltfCodecTest {
    private static final Limits LIMITS = new Limits(400_000_000);
    private static final int COUNT = 5;
    private static final Splats SPLATS = SomeSplats.of(COUNT, 0, 8);

    /** Scales, opacities and colours end the file: 7 numbers a splat. */
    private static final int FROM_SCALES = 7 * Float.BYTES * COUNT;

    private final GltfCodec text = new GltfCodec(false) {};
    private final GltfCodec binary = new GltfCodec(true) {};

    @TempDir Path folder;

    private Path changed(String before, String after) throws IOException {
        Path file = folder.resolve("scene.gltf");
        text.write(SPLATS, file);
        String whole = Files.readString(file);
        assertThat(whole).contains(before);
        return Files.writeString(file, whole.replace(before, after));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mesh\": 0, \"translation\": [0, 0, 0], \"scale\": [1, 1.0, 1]}",
                "{\"mesh\": 0, \"rotation\": [0, 0, 0, 1]}",
                "{\"mesh\": 0, \"matrix\": [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]}",
                "{\"mesh\": 0, \"children\": [1]}, {\"translation\": [1, 2, 3]}",
                "{\"mesh\": 0}, {\"camera\": 0, \"rotation\": [1, 0, 0, 0]}",
                "{\"mesh\": 0, \"children\": [1]}, {\"children\": [0]}"
            })
    void readsSplatsThatNoNodeMoves(String nodes) throws IOException {
        Path file = changed("{\"mesh\": 0}", nodes);
        assertThat(text.read(file, LIMITS).count()).isEqualTo(COUNT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mesh\": 0, \"translation\": [0, 0, 1]}",
                "{\"mesh\": 0, \"matrix\": [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 5, 0, 0, 1]}",
                "{\"children\": [1], \"scale\": [2, 2, 2]}, {\"mesh\": 0}",
                "{\"children\": [1], \"scale\": [2, 2, 2]}, {\"children\": [2]}, {\"mesh\": 0}",
                "{\"mesh\": 0, \"rotation\": \"none\"}"
            })
    void refusesSplatsThatANodeMoves(String nodes) throws IOException {
        Path file = changed("{\"mesh\": 0}", nodes);
        assertThatThrownBy(() -> text.read(file, LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("its nodes are moved");
    }

    @Test
    void takesNoMemoryForSplatsThatTheFileDoesNotHold() throws IOException {
        Path file = changed("\"count\": 5", "\"count\": 1000000");
        assertThat(Allocation.ofRefusal(() -> text.read(file, LIMITS))).isLessThan(4_000_000);
    }

    @Test
    void refusesRowsThatOverlap() throws IOException {
        Path file = changed("\"target\": 34962", "\"byteStride\": 4");
        assertThatThrownBy(() -> text.read(file, LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("overlap");
    }

    /** A file whose scales are these, as they stand in it. */
    private Path scaled(float... scales) throws IOException {
        Path file = folder.resolve("scene.glb");
        binary.write(SPLATS, file);
        byte[] bytes = Files.readAllBytes(file);
        var numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        numbers.position(bytes.length - FROM_SCALES);
        for (int k = 0; k < 3 * COUNT; k++) {
            numbers.putFloat(scales[k % scales.length]);
        }
        return Files.write(file, bytes);
    }

    @Test
    void takesTheMagnitudeOfAnOddNegativeScale() throws IOException {
        Splats read = binary.read(scaled(-0.5f, 2, 3, 4, 5), LIMITS);
        assertThat(read.logScales()[0]).isCloseTo((float) Math.log(0.5), within(1e-6f));
        assertThat(read.logScales()[1]).isCloseTo((float) Math.log(2), within(1e-6f));
    }

    @Test
    void takesScalesForLogarithmsWhereMostAreNegative() throws IOException {
        Splats read = binary.read(scaled(-5, -4, 0.5f), LIMITS);
        assertThat(read.logScales()).startsWith(-5, -4, 0.5f);
    }

    /** Arabic writes numbers in digits of its own. */
    @Test
    void writesTheSameInEveryLanguage() throws IOException {
        Path file = folder.resolve("scene.gltf");
        text.write(SPLATS, file);
        String usual = Files.readString(file);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            text.write(SPLATS, file);
        } finally {
            Locale.setDefault(before);
        }
        assertThat(file).hasContent(usual);
    }
}
