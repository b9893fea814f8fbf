package org.kernfield.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Small jars that unpack to much are refused before they are unpacked. */
class SoundnessTest {
    private static final String HEADERS =
            "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: some\n";

    /** Signature of an entry in a jar's directory; PKWARE's APPNOTE, section 4.3.12. */
    private static final int DIRECTORY_ENTRY = 0x02014b50;

    /** Where such an entry has its unpacked size. */
    private static final int SIZE = 24;

    @TempDir Path temp;

    private Path jar(String name, int zeros) throws IOException {
        return jar(HEADERS, name, zeros);
    }

    /** A manifest, and an entry of {@code zeros} bytes. */
    private Path jar(String manifest, String name, int zeros) throws IOException {
        Path jar = temp.resolve("some.jar");
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
            out.write(manifest.getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry(name));
            out.write(new byte[zeros]);
        }
        return jar;
    }

    /** Lets the jar's directory claim another size of its last entry. */
    private static void claim(Path jar, int size) throws IOException {
        byte[] bytes = Files.readAllBytes(jar);
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = bytes.length - Integer.BYTES;
        while (buffer.getInt(at) != DIRECTORY_ENTRY) {
            at--;
        }
        buffer.putInt(at + SIZE, size);
        Files.write(jar, bytes);
    }

    private static String refused(Path jar) {
        return new Soundness().apply(jar.toString());
    }

    @Test
    void aBundleIsSound() throws IOException {
        assertThat(refused(jar("some.txt", 5_000_000))).isEmpty();
    }

    @Test
    void aManifestOfManyBytes() throws IOException {
        String line = "X: " + "0".repeat(60) + "\n";
        String manifest = HEADERS + line.repeat(Soundness.LARGEST_MANIFEST / line.length());
        assertThat(refused(jar(manifest, "some.txt", 1))).contains("manifest is longer than");
        assertThatThrownBy(() -> Fingerprints.of(temp.resolve("some.jar")))
                .hasMessageContaining("manifest is longer than");
    }

    /** As many as a jar of 30,000 signed files has. */
    @Test
    void aManifestOfManySignedFilesIsSound() throws IOException {
        var manifest = new StringBuilder(HEADERS);
        for (int k = 0; k < 30_000; k++) {
            manifest.append("\nName: org/bouncycastle/some/package/C%05d.class\n".formatted(k));
            manifest.append("SHA-256-Digest: ").append("0".repeat(43)).append("=\n");
        }
        assertThat(refused(jar(manifest.toString(), "some.txt", 1))).isEmpty();
    }

    @Test
    void aManifestOfManyLines() throws IOException {
        String manifest = HEADERS + "X:\r\n".repeat(Soundness.MOST_LINES - 2);
        assertThat(refused(jar(manifest, "some.txt", 1)))
                .isEqualTo("its manifest has more than 300,000 lines");
        assertThatThrownBy(() -> Fingerprints.of(temp.resolve("some.jar")))
                .hasMessageContaining("lines");
    }

    /** The most attributes, the most sections and the longest value, in a process of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"\nX%d: ", "\n\nName: %d", "%08d %014d"})
    void theLargestManifestsFitIntoASmallHeap(String piece) throws Exception {
        var manifest = new StringBuilder(HEADERS.strip());
        boolean isValue = !piece.startsWith("\n");
        int count = (Soundness.MOST_LINES - 4) / (piece.startsWith("\n\n") ? 2 : 1);
        for (int k = 0; k < count; k++) {
            manifest.append(isValue ? "\n " + piece.formatted(k, k) : piece.formatted(k));
        }
        Path jar = jar(manifest.append('\n').toString(), "some.txt", 1);
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Reading.class.getName(),
                                jar.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isEqualTo("");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aManifestThatClaimsManyBytes() throws IOException {
        Path jar = jar("meta-inf/manifest.mf", 10);
        claim(jar, Soundness.LARGEST_MANIFEST + 1);
        assertThat(refused(jar)).contains("manifest is longer than");
    }

    @Test
    void aManifestThatClaimsFewBytes() throws IOException {
        Path jar = temp.resolve("small.jar");
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
            out.write(new byte[Soundness.LARGEST_MANIFEST + 1]);
        }
        claim(jar, 10);
        assertThat(refused(jar)).contains("manifest is longer than");
    }

    @Test
    void anEntryThatUnpacksToAHundredTimesTheJar() throws IOException {
        assertThat(refused(jar("zeros", 11_000_000))).contains("unpack", "more than 10 MB");
    }

    @Test
    void tooManyEntries() throws IOException {
        Path jar = temp.resolve("many.jar");
        try (var file = new BufferedOutputStream(Files.newOutputStream(jar));
                var out = new ZipOutputStream(file)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (int k = 0; k <= Soundness.MOST_ENTRIES; k++) {
                out.putNextEntry(new ZipEntry("" + k));
            }
        }
        assertThat(refused(jar)).contains("100,001 entries");
    }

    /** The watcher would read another manifest than the one that was looked at. */
    @Test
    void aManifestBehindOtherFiles() throws IOException {
        Path jar = temp.resolve("late.jar");
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("first"));
            out.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
            out.write(HEADERS.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(refused(jar)).isEqualTo("META-INF/MANIFEST.MF is not the first file in it");
    }

    @Test
    void whatIsNoBundle() throws IOException {
        assertThat(refused(jar("Manifest-Version: 1.0\n", "some.txt", 1)))
                .isEqualTo("its manifest has no Bundle-SymbolicName");
        Path text = Files.writeString(temp.resolve("text.jar"), "not a jar");
        assertThat(refused(text)).isNotEmpty().doesNotContain("\n");
    }

    @Test
    void aManifestThatIsNoneIsAFaultOfTheJar() throws IOException {
        assertThat(refused(jar("no header\n", "some.txt", 1))).contains("invalid header field");
    }

    @Test
    void aFileThatCannotBeReadIsNotCalledUnsound() {
        assertThatThrownBy(() -> refused(temp.resolve("away.jar")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("away.jar");
    }

    @Test
    void anEntryIsUnpackedToWhatItClaimsAtMost() throws IOException {
        Path jar = jar("zeros", 9_000_000);
        claim(jar, 1000);
        assertThat(refused(jar)).isEmpty();
        try (var file = new ZipFile(jar.toFile())) {
            ZipEntry zeros = file.getEntry("zeros");
            assertThatThrownBy(() -> Soundness.unpack(file, zeros, OutputStream.nullOutputStream()))
                    .hasMessage("zeros in it is longer than it claims");
        }
        assertThatThrownBy(() -> Fingerprints.of(jar)).hasMessageContaining("longer than");
    }
}
