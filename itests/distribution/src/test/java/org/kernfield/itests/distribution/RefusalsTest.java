package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bad input: one clear sentence, a failing status, and nothing left behind. */
@DisabledOnOs(OS.WINDOWS)
class RefusalsTest {
    private static final int REFUSED = 1;
    private static final int WRONG_USAGE = 2;

    @TempDir static Path temp;

    private static Runtime runtime;
    private static Path picture;
    private static Path model;

    @TempDir Path results;

    @BeforeAll
    static void start() throws IOException {
        runtime = Runtime.start(temp);
        picture = Pictures.waves(temp.resolve("waves.png"), 40, 30);
        model = temp.resolve("good.safetensors");
        String name = model.toString();
        runtime.run("fit", picture.toString(), "--steps", "3", "--out", name).well();
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private Path jobs;
    private List<Path> before;

    @BeforeEach
    void look() throws IOException {
        jobs = runtime.home().resolve("jobs");
        before = inside(jobs);
    }

    // ---- inputs

    @Test
    void aMissingFile() throws IOException {
        assertRefuses(fit(temp.resolve("nothing.png")), "nothing.png", "no such file");
    }

    @Test
    void aDirectoryThatIsNoScene() throws IOException {
        assertRefuses(
                fit(Files.createDirectory(temp.resolve("dir"))),
                "dir",
                "neither a scene nor a table");
    }

    @Test
    void anEmptyFile() throws IOException {
        assertRefuses(fit(Files.createFile(temp.resolve("empty.png"))), "empty.png", "empty");
    }

    @Test
    void aTruncatedPicture() throws IOException {
        byte[] whole = Files.readAllBytes(picture);
        Path cut = temp.resolve("cut.png");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertRefuses(fit(cut), "cut.png", "");
    }

    @Test
    void aTextNamedPicture() throws IOException {
        assertRefuses(fit(Files.writeString(temp.resolve("text.png"), "hello\n")), "text.png", "");
    }

    @Test
    void aPictureThatMayNotBeRead() throws IOException {
        Path secret = Pictures.waves(temp.resolve("secret.png"), 4, 4);
        secret.toFile().setReadable(false);
        assumeFalse(Files.isReadable(secret), "run as root, who may read every file");
        assertRefuses(fit(secret), "secret.png", "permission");
    }

    // ---- settings

    @ParameterizedTest
    @CsvSource({
        "--set, kernals=5, kernals, kernels, 2",
        "--kernals, 5, kernals, kernels, 2",
        "--parameters, -5, parameters, -5, 0",
        "--parameters, many, parameters, many, 0",
        "--kernels, 1.5, kernels, 1.5, 0",
        "--steps, 0, steps, 0, 0",
        "--steps, x, steps, x, 0",
        "--seconds, -1, seconds, -1, 0",
        "--seconds, NaN, seconds, NaN, 0",
        "--seconds, 1e400, seconds, 1e400, 0",
        "--seed, 3.5, seed, 3.5, 0",
        "--threads, 0, threads, 0, 0",
        "--threads, 99999999999, threads, 99999999999, 0",
        "--target, 1000, target, 1000, 0",
        "--set, refine=perhaps, refine, perhaps, 0",
        "--backend, tpu, tpu, cpu, 0",
        "--as, rfb, rfb, rbf, 0",
        "--set, novalue, novalue, =, 0"
    })
    void aSettingThatCannotBe(String option, String value, String named, String also, int status)
            throws IOException {
        Ended end = fit(picture, option, value);
        assertRefuses(end, named, also);
        if (status != 0) {
            assertThat(end.status()).isEqualTo(status);
        }
    }

    @Test
    void moreParametersThanMemoryAllows() throws IOException {
        assertRefuses(fit(picture, "--parameters", "900000000000"), "memory", "GB");
        assertRefuses(fit(picture, "--kernels", "3000000000"), "memory", "GB");
    }

    @Test
    void anOptionWithoutItsValue() throws IOException {
        assertRefuses(runtime.run("fit", picture.toString(), "--out"), "out", "");
    }

    // ---- outputs

    @Test
    void aDirectoryThatIsNotThere() throws IOException {
        Path nowhere = results.resolve("none/model.safetensors");
        Ended end =
                runtime.run("fit", picture.toString(), "--steps", "1", "--out", nowhere.toString());
        assertRefuses(end, "model.safetensors", "no directory");
    }

    @Test
    void aPlaceThatIsADirectory() throws IOException {
        Path directory = Files.createDirectory(temp.resolve("place"));
        Ended end =
                runtime.run(
                        "fit", picture.toString(), "--steps", "1", "--out", directory.toString());
        assertRefuses(end, "place", "directory");
    }

    @Test
    void aPlaceNobodyMayWriteTo() throws IOException {
        // root may write to any directory, but not to this file system
        assertRefuses(
                runtime.run(
                        "fit", picture.toString(), "--steps", "1", "--out", "/proc/m.safetensors"),
                "m.safetensors",
                "");
    }

    // ---- models

    @Test
    void aTruncatedModel() throws IOException {
        byte[] whole = Files.readAllBytes(model);
        Path cut = temp.resolve("cut.safetensors");
        for (int length : new int[] {0, 5, 8, 100, whole.length - 1}) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertRefuses(render(cut), "cut.safetensors", "");
        }
    }

    @Test
    void aModelWhoseHeaderClaimsHugeSizes() throws IOException {
        Path huge = temp.resolve("huge.safetensors");
        for (long length : new long[] {Long.MAX_VALUE, -1, 1L << 40}) {
            byte[] bytes = Files.readAllBytes(model);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
            Files.write(huge, bytes);
            assertRefuses(render(huge), "huge.safetensors", "");
        }
    }

    @Test
    void aModelWhoseArraysClaimHugeSizes() throws IOException {
        Path huge = temp.resolve("arrays.safetensors");
        Files.write(huge, edited("\"shape\":\\s*\\[\\d+", "\"shape\":[900000000000000"));
        assertRefuses(render(huge), "arrays.safetensors", "");
    }

    @Test
    void aModelOfAFutureVersion() throws IOException {
        Path future = temp.resolve("future.safetensors");
        Files.write(future, edited("\"version\":\\s*\"\\d+\"", "\"version\":\"9999\""));
        assertRefuses(render(future), "future.safetensors", "9999");
    }

    @Test
    void aModelOfAnUnknownRepresentation() throws IOException {
        Path other = temp.resolve("other.safetensors");
        Files.write(other, edited("\"representation\":\\s*\"rbf\"", "\"representation\":\"fbr\""));
        assertRefuses(render(other), "other.safetensors", "fbr");
    }

    /** The model with a part of its header replaced. */
    private static byte[] edited(String pattern, String replacement) throws IOException {
        byte[] bytes = Files.readAllBytes(model);
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) buffer.getLong(0);
        String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
        String other = header.replaceFirst(pattern, replacement);
        assertThat(other).as("header changed").isNotEqualTo(header);
        byte[] text = other.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bytes.length - length + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(bytes, 8 + length, bytes.length - 8 - length)
                .array();
    }

    // ---- how

    private Ended fit(Path input, String... more) {
        var words = new ArrayList<>(List.of("fit", input.toString()));
        if (!List.of(more).contains("--steps")) {
            words.addAll(List.of("--steps", "1"));
        }
        words.addAll(List.of(more));
        words.addAll(List.of("--out", results.resolve("m.safetensors").toString()));
        return runtime.run(words.toArray(String[]::new));
    }

    private Ended render(Path file) {
        return runtime.run("render", file.toString(), "--out", results.resolve("m.png").toString());
    }

    private void assertRefuses(Ended end, String named, String also) throws IOException {
        assertThat(end.status()).as(end.err()).isIn(REFUSED, WRONG_USAGE);
        assertThat(end.complaints()).as(end.err()).hasSize(1);
        String sentence = end.complaints().getFirst();
        assertThat(sentence).containsIgnoringCase(named).containsIgnoringCase(also);
        // what was given, what is wrong, what to do
        assertThat(sentence).matches("kernfield: .+: .+; .+").doesNotContain("Exception");
        assertThat(end.err()).doesNotContainPattern("(?m)^\\s*at ");
        assertThat(inside(results)).isEmpty();
        assertThat(inside(jobs)).as("jobs").isEqualTo(before);
    }

    private static List<Path> inside(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
