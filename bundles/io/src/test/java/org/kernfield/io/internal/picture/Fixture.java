package org.kernfield.io.internal.picture;

import org.kernfield.field.Image;
import org.kernfield.format.Codec;
import org.kernfield.format.Codecs;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.Resources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Pictures beside the tests, and what was independently read in them. */
final class Fixture {
    static final Limits LIMITS = new Limits(1_000_000_000);

    private Fixture() {}

    static Path file(String name) {
        return Resources.of("pictures/" + name);
    }

    /** All codecs, as a program without OSGi finds them. */
    static List<Codec<?>> codecs() {
        var codecs = new ArrayList<Codec<?>>();
        for (Codec<?> codec : ServiceLoader.load(Codec.class)) {
            codecs.add(codec);
        }
        return codecs;
    }

    static Codec<?> codec(Path file) throws IOException {
        return new Codecs(codecs()).find(file);
    }

    static Image read(Path file) throws IOException {
        return new Codecs(codecs()).read(file, Image.class, LIMITS);
    }

    /** A binary PGM or PPM of 8 bits, as values 0 to 255. */
    static Image expected(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(file(name + ".expected"));
        String[] header = new String(bytes, 0, 20, StandardCharsets.ISO_8859_1).split("[ \n]", 5);
        int width = Integer.parseInt(header[1]);
        int height = Integer.parseInt(header[2]);
        int channels = header[0].equals("P6") ? 3 : 1;
        var values = new float[width * height * channels];
        for (int k = 0; k < values.length; k++) {
            values[k] = bytes[bytes.length - values.length + k] & 0xFF;
        }
        return new Image(width, height, channels, values);
    }
}
