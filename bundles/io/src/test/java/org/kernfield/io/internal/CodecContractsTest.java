package org.kernfield.io.internal;

import org.junit.jupiter.api.Nested;
import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.Image;
import org.kernfield.field.Model;
import org.kernfield.format.Codec;
import org.kernfield.testkit.CodecContract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures, arrays and models pass the contract of codecs. Those of splats are in {@code
 * SplatCodecsTest}, of tables in {@code TableContractTest}, of cameras in {@code SceneCodecsTest},
 * of points and meshes in {@code ShapeCodecsTest}.
 */
class CodecContractsTest {
    @Nested
    class Npy extends CodecContract<Array> {
        @Override
        protected Codec<Array> codec() {
            return new Registered.Npy();
        }

        @Override
        protected List<Array> values() {
            return List.of(numbers(5, 3), numbers(1, 1), numbers(4000, 7));
        }

        @Override
        protected boolean same(Array read, Array written) {
            return sameArray(read, written);
        }
    }

    @Nested
    class Safetensors extends CodecContract<Model> {
        @Override
        protected Codec<Model> codec() {
            return new Registered.Safetensors();
        }

        @Override
        protected List<Model> values() {
            return List.of(model(2), model(900));
        }

        private static Model model(int rows) {
            var arrays = new LinkedHashMap<String, Array>();
            arrays.put("centre", numbers(rows, 2));
            arrays.put("weight", Array.zeros(ElementType.F64, rows, 3));
            return new Model("some", 3, "image", arrays, Map.of("note", "\"ü\""));
        }

        @Override
        protected boolean same(Model read, Model written) {
            return read.representation().equals(written.representation())
                    && read.version() == written.version()
                    && read.metadata().equals(written.metadata())
                    && read.arrays().keySet().equals(written.arrays().keySet())
                    && read.arrays().entrySet().stream()
                            .allMatch(
                                    e -> sameArray(e.getValue(), written.arrays().get(e.getKey())));
        }
    }

    @Nested
    class Png extends Pictures {
        Png() {
            super(new Registered.Png(), "greyalpha.png");
        }

        @Override
        protected List<Image> values() {
            return List.of(picture(4, 3, 3), picture(1, 1, 1), picture(90, 70, 3));
        }

        private static Image picture(int width, int height, int channels) {
            var values = new float[width * height * channels];
            for (int k = 0; k < values.length; k++) {
                values[k] = k * 37 % 256 / 255f;
            }
            return new Image(width, height, channels, values);
        }
    }

    @Nested
    class Jpeg extends Pictures {
        Jpeg() {
            super(new Registered.Jpeg(), "grey.jpg");
        }
    }

    @Nested
    class Gif extends Pictures {
        Gif() {
            super(new Registered.Gif(), "palette.gif");
        }
    }

    @Nested
    class Psd extends Pictures {
        Psd() {
            super(new Registered.Psd(), "two.psd");
        }

        @Override
        protected Path sample(Path folder) throws IOException {
            return Files.write(folder.resolve("two.psd"), Fixtures.psd());
        }
    }

    @Nested
    class Wbmp extends Pictures {
        Wbmp() {
            super(new Registered.Wbmp(), "nine.wbmp");
        }

        @Override
        protected Path sample(Path folder) throws IOException {
            return Files.write(folder.resolve("nine.wbmp"), Fixtures.wbmp());
        }
    }

    @Nested
    class Bmp extends Pictures {
        Bmp() {
            super(new Registered.Bmp(), "grey.bmp");
        }
    }

    @Nested
    class Tga extends Pictures {
        Tga() {
            super(new Registered.Tga(), "grey.tga");
        }
    }

    @Nested
    class Tiff extends Pictures {
        Tiff() {
            super(new Registered.Tiff(), "grey.tif");
        }
    }

    @Nested
    class Webp extends Pictures {
        Webp() {
            super(new Registered.Webp(), "alpha.webp");
        }
    }

    @Nested
    class Pnm extends Pictures {
        Pnm() {
            super(new Registered.Pnm(), "grey.pgm");
        }
    }

    /** Pictures beside the tests. */
    abstract static class Pictures extends CodecContract<Image> {
        private final Codec<Image> codec;
        private final String sample;

        Pictures(Codec<Image> codec, String sample) {
            this.codec = codec;
            this.sample = sample;
        }

        @Override
        protected Codec<Image> codec() {
            return codec;
        }

        @Override
        protected List<Image> values() {
            return List.of();
        }

        @Override
        protected Path sample(Path folder) throws IOException {
            return Files.copy(Resources.of("pictures/" + sample), folder.resolve(sample));
        }

        @Override
        protected boolean same(Image read, Image written) {
            return read.width() == written.width()
                    && read.height() == written.height()
                    && read.channels() == written.channels()
                    && Arrays.equals(read.values(), written.values());
        }
    }

    private static Array numbers(int rows, int width) {
        var array = Array.zeros(ElementType.F32, rows, width);
        for (long k = 0; k < (long) rows * width; k++) {
            array.set(k, k * 0.25 - 3);
        }
        return array;
    }

    private static boolean sameArray(Array read, Array written) {
        return read.type() == written.type()
                && read.rows() == written.rows()
                && read.width() == written.width()
                && read.data().mismatch(written.data()) == -1;
    }
}
