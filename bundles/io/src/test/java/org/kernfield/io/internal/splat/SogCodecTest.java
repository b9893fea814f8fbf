package org.kernfield.io.internal.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.Fixtures;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipInputStream;

/** Bundles and files of SOG as others write them. */
class SogCodecTest {
    private static final Limits LIMITS = new Limits(64_000_000);
    private static final Splats SPLATS = SomeSplats.of(30, 1, 3);
    private static final int LOCAL = 0x04034B50;
    private static final int DESCRIPTOR = 0x08074B50;
    private static final int CENTRAL = 0x02014B50;
    private static final int END = 0x06054B50;

    /** Bit 3: sums and sizes follow the bytes. */
    private static final short FLAGS = 8;

    private final SogCodec bundles = new SogCodec(true) {};
    private final SogCodec files = new SogCodec(false) {};

    @TempDir Path folder;

    /** As splat-transform writes them. */
    @Test
    void readsBundlesWhoseSizesFollowTheBytes() throws IOException {
        Path own = folder.resolve("own.sog");
        bundles.write(SPLATS, own);
        Path streamed = Files.write(folder.resolve("streamed.sog"), streamed(own));
        assertThat(bundles.read(streamed, LIMITS).sh()).isEqualTo(bundles.read(own, LIMITS).sh());
    }

    /** The entries of a bundle, each without its size before it. */
    private static byte[] streamed(Path bundle) throws IOException {
        var out = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        var directory = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        short entries = 0;
        try (var zip = new ZipInputStream(Files.newInputStream(bundle))) {
            for (var e = zip.getNextEntry(); e != null; e = zip.getNextEntry(), entries++) {
                byte[] name = e.getName().getBytes(StandardCharsets.UTF_8);
                byte[] bytes = zip.readAllBytes();
                var sum = new CRC32();
                sum.update(bytes);
                int place = out.position();
                out.putInt(LOCAL).putShort((short) 20).putShort(FLAGS).putShort((short) 0);
                out.putInt(0).putInt(0).putInt(0).putInt(0);
                out.putShort((short) name.length).putShort((short) 0).put(name).put(bytes);
                out.putInt(DESCRIPTOR).putInt((int) sum.getValue());
                out.putInt(bytes.length).putInt(bytes.length);
                directory.putInt(CENTRAL).putShort((short) 20).putShort((short) 20);
                directory.putShort(FLAGS).putShort((short) 0).putInt(0);
                directory.putInt((int) sum.getValue()).putInt(bytes.length).putInt(bytes.length);
                directory.putShort((short) name.length).putShort((short) 0).putShort((short) 0);
                directory.putShort((short) 0).putShort((short) 0).putInt(0).putInt(place).put(name);
            }
        }
        int place = out.position();
        out.put(directory.flip());
        out.putInt(END).putInt(0).putShort(entries).putShort(entries);
        out.putInt(directory.limit()).putInt(place).putShort((short) 0);
        return Arrays.copyOf(out.array(), out.position());
    }

    @Test
    void refusesBundlesOfDamagedPictures() throws IOException {
        Path file = folder.resolve("own.sog");
        bundles.write(SPLATS, file);
        byte[] bytes = Files.readAllBytes(file);
        // within the first picture, behind the head of its entry
        bytes[100] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> bundles.read(file, LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("its means_l.webp is damaged");
    }

    @Test
    void refusesArchivesOfVeryManyFiles() throws IOException {
        Path file = folder.resolve("many.sog");
        try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(file))) {
            for (int k = 0; k < 65; k++) {
                zip.putNextEntry(new java.util.zip.ZipEntry(k + ".webp"));
            }
        }
        assertThatThrownBy(() -> bundles.read(file, LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("very many files");
    }

    @Test
    void readsVersion1WhetherItIsNamedOrNot() throws IOException {
        Path file = folder.resolve("meta.json");
        files.write(SomeSplats.of(30, 0, 3), file);
        Files.writeString(file, Fixtures.SOG_1);
        Splats unnamed = files.read(file, LIMITS);
        Files.writeString(file, "{\"version\": 1, " + Fixtures.SOG_1.substring(1));
        Splats named = files.read(file, LIMITS);
        assertThat(named.means()).isEqualTo(unnamed.means());
        assertThat(named.sh()).isEqualTo(unnamed.sh());
        assertThat(named.opacities()).isEqualTo(unnamed.opacities());
    }

    /** Empty objects of three characters each. */
    @Test
    void refusesDescriptionsThatGrowBeyondTheLimits() throws IOException {
        String meta = "{\"means\": [" + "{},".repeat(300_000) + "{}]}";
        Path file = Files.writeString(folder.resolve("meta.json"), meta);
        assertThatThrownBy(() -> files.read(file, new Limits(16_000_000)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("of memory");
    }

    @Test
    void leavesNoDescriptionOfHalfNewPictures() throws IOException {
        Path file = folder.resolve("meta.json");
        files.write(SPLATS, file);
        Path picture = folder.resolve("quats.webp");
        Files.delete(picture);
        Files.createDirectories(picture.resolve("in the way"));
        assertThatThrownBy(() -> files.write(SomeSplats.of(30, 1, 4), file))
                .isInstanceOf(IOException.class);
        assertThat(file).doesNotExist();
    }
}
