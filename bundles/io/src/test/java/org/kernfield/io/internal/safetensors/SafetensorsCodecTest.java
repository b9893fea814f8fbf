package org.kernfield.io.internal.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.Model;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.Broken;
import org.kernfield.io.internal.Resources;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files read were written by the reference library, see make_arrays.py. */
class SafetensorsCodecTest {
    private static final String OURS =
            "'__metadata__':{'kernfield':'1','representation':'rbf','version':'1','task':'image'}";

    private final SafetensorsCodec codec = new SafetensorsCodec();

    @TempDir Path directory;

    @Test
    void readsWhatTheReferenceLibraryWrote() throws IOException {
        Model model = read(Resources.of("arrays/model.safetensors"));
        assertThat(model.representation()).isEqualTo("rbf");
        assertThat(model.version()).isEqualTo(3);
        assertThat(model.task()).isEqualTo("image");
        assertThat(model.metadata()).containsExactly(Map.entry("note", "a \"ü\""));
        assertThat(model.array("centre", 2).get(5)).isEqualTo(1.25);
        assertThat(model.array("opacity", 1).get(2)).isEqualTo(65504);
        assertThat(model.array("exact", 4).get(0)).isEqualTo(1e-300);
        assertThat(model.array("bytes", 1).get(1)).isEqualTo(255);
        assertThat(model.array("words", 1).get(1)).isEqualTo(65535);
        assertThat(model.array("ints", 1).get(0)).isEqualTo(-5);
        assertThat(model.array("longs", 1).get(0)).isEqualTo(-0x1p60);
        assertThat(model.array("empty", 3).rows()).isZero();
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        Model model = read(Resources.of("arrays/model.safetensors"));
        Path file = directory.resolve("copy.safetensors");
        codec.write(model, file);
        Model copy = read(file);
        assertThat(copy.metadata()).isEqualTo(model.metadata());
        assertThat(copy.arrays().keySet()).isEqualTo(model.arrays().keySet());
        model.arrays()
                .forEach(
                        (name, array) -> {
                            Array other = copy.arrays().get(name);
                            assertThat(other.type()).isEqualTo(array.type());
                            assertThat(other.data().mismatch(array.data())).isEqualTo(-1);
                        });
    }

    @Test
    void writesTheSameBytesWhateverTheOrder() throws IOException {
        var arrays = new LinkedHashMap<String, Array>();
        arrays.put("a", Array.of(1, 1f, 2f));
        arrays.put("b", Array.of(1, 3.0));
        var reversed = new LinkedHashMap<String, Array>();
        arrays.reversed().forEach(reversed::put);
        var metadata = new LinkedHashMap<>(Map.of("seed", "1", "steps", "2"));
        Path first = directory.resolve("1.safetensors");
        Path second = directory.resolve("2.safetensors");
        codec.write(new Model("rbf", 1, "image", arrays, metadata), first);
        codec.write(new Model("rbf", 1, "image", reversed, metadata.reversed()), second);
        assertThat(first).hasSameBinaryContentAs(second);
    }

    @Test
    void alignsEveryArray() throws IOException {
        var arrays =
                Map.of(
                        "bytes", Array.zeros(ElementType.U8, 3, 1),
                        "doubles", Array.of(1, 1.0),
                        "floats", Array.of(1, 1f));
        Path file = directory.resolve("a.safetensors");
        codec.write(new Model("rbf", 1, "image", arrays, Map.of()), file);
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getLong(0) % 8).isZero();
        assertThat(bytes.getDouble(8 + (int) bytes.getLong(0))).isEqualTo(1.0);
    }

    @Test
    void refusesMetadataThatBelongToTheFormat() {
        var model = new Model("rbf", 1, "image", Map.of(), Map.of("task", "x"));
        Path file = directory.resolve("a.safetensors");
        assertThatThrownBy(() -> codec.write(model, file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": metadata 'task'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | no Kernfield model",
                "{'__metadata__':{'format':'pt'}} | no Kernfield model",
                "{@2} | model format 2",
                "{@,'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | needs 8 bytes",
                "{@,'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | truncated",
                "{@,'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | follows a gap",
                "{@,'a':{'dtype':'U8','shape':[3],'data_offsets':[0,3]},"
                        + "'b':{'dtype':'U8','shape':[3],'data_offsets':[2,5]}} | overlaps",
                "{@,'a':{'dtype':'U8','shape':[3],'data_offsets':[0,3]}} | belong to no tensor",
                "{@,'a':{'dtype':'BF16','shape':[2],'data_offsets':[0,4]}} | type BF16",
                "{@,'a':{'dtype':'F32','shape':[9223372036854775807,2],'data_offsets':[0,4]}}"
                        + " | impossible size",
                "{@,'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | no usable shape",
                "{@,'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | unusable",
                "{@,'a':3} | not described",
                "{@,@} | given twice",
                "[[[[[[[[[[[[[[[[[[[[ | nested deeper",
                "{'a' | expected"
            })
    void refusesBadHeaders(String header, String reason) throws IOException {
        String future = OURS.replace("'1','rep", "'2','rep");
        Path file = write(header.replace("@2", future).replace("@", OURS).replace('\'', '"'), 4);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807", "-1", "1000000", "1", "99999999"})
    void refusesHeaderLengthsBeyondTheFile(long length) throws IOException {
        Path file = write("{" + OURS.replace('\'', '"') + "}", 0);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Files.write(file, bytes);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("header claims");
    }

    /** Empty objects of three characters each. */
    @Test
    void refusesHeadersThatGrowBeyondTheLimits() throws IOException {
        Path file = write("{\"a\":[" + "{},".repeat(300_000) + "{}]}", 0);
        assertThatThrownBy(() -> codec.read(file, new Limits(16_000_000)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("of memory");
    }

    @Test
    void refusesForeignFiles() {
        Path file = Resources.of("arrays/foreign.safetensors");
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("no Kernfield model");
    }

    @Test
    void refusesTruncatedFile() throws IOException {
        var broken = new Broken(codec, Resources.of("arrays/model.safetensors"), directory);
        for (int length = 0; length < broken.length(); length += 3) {
            assertThat(broken.refusesFirst(length)).as("first %d bytes", length).isTrue();
        }
    }

    @Test
    void answersFlippedBitsWithSentences() throws IOException {
        new Broken(codec, Resources.of("arrays/model.safetensors"), directory).flip(800, 1);
    }

    private Path write(String header, int data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(8 + json.length + data).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return Files.write(directory.resolve("a.safetensors"), bytes.array());
    }

    private Model read(Path file) throws IOException {
        return codec.read(file, new Limits(100_000_000));
    }
}
