package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.testkit.Mutations;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Jars whose bytes or manifests are damaged are inspected without harm. {@code
 * -Dkernfield.fuzz=600} gives it ten minutes, an ordinary build a moment.
 */
class DamagedPluginsTest {
    private static final double SECONDS =
            Double.parseDouble(System.getProperty("kernfield.fuzz", "2"));
    private static final long SEED = Long.getLong("kernfield.seed", 20_260_101L);
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    @TempDir Path temp;

    private Runtime runtime;
    private byte[] jar;

    @BeforeEach
    void start() throws IOException {
        runtime = Runtime.start(temp);
        jar =
                Files.readAllBytes(
                        Kernfield.distribution().resolve("examples/kernfield-template.jar"));
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    @Test
    void damagedManifestsAreAnswered() throws IOException {
        inspect(new Mutations(List.of(manifest()), SEED), this::withManifest);
    }

    @Test
    void damagedJarsAreAnswered() throws IOException {
        inspect(new Mutations(List.of(jar), SEED), bytes -> bytes);
    }

    private interface Wrapping {
        byte[] of(byte[] bytes) throws IOException;
    }

    private void inspect(Mutations mutations, Wrapping wrapping) throws IOException {
        Path file = temp.resolve("damaged.jar");
        int bundles = runtime.context().getBundles().length;
        long end = System.nanoTime() + (long) (SECONDS * 1e9);
        do {
            byte[] bytes = mutations.next();
            Files.write(file, wrapping.of(bytes));
            Ended answer = runtime.run("plugins", "inspect", file.toString(), "--json");
            if (answer.status() == 0) {
                assertThat(answer.out()).contains("\"name\"");
            } else {
                assertThat(answer.status()).isEqualTo(1);
                assertThat(answer.complaints()).singleElement().asString().contains("damaged.jar");
                mutations.note(bytes, answer.complaints().getFirst());
            }
        } while (System.nanoTime() < end);
        assertThat(runtime.context().getBundles()).as("bundles installed").hasSize(bundles);
        assertThat(mutations.answers()).as("different answers").isPositive();
    }

    private byte[] manifest() throws IOException {
        try (var in = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(MANIFEST)) {
                    return in.readAllBytes();
                }
            }
        }
        throw new AssertionError("no manifest");
    }

    private byte[] withManifest(byte[] manifest) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = new ZipInputStream(new ByteArrayInputStream(jar));
                var out = new ZipOutputStream(bytes)) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                if (entry.getName().equals(MANIFEST)) {
                    out.write(manifest);
                } else {
                    in.transferTo(out);
                }
            }
        }
        return bytes.toByteArray();
    }
}
