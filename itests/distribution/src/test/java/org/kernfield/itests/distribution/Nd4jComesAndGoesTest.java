package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** {@code plugins add nd4j} and {@code remove nd4j} with what this build has made. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class Nd4jComesAndGoesTest {
    private static final List<String> MODULES =
            List.of("plugins/nd4j-libs", "bundles/nd4j-api", "plugins/nd4j");
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    @TempDir Path temp;

    @BeforeEach
    void requireJars() throws IOException {
        Path tree = Kernfield.distribution().resolve("../../..").normalize();
        for (String module : MODULES) {
            assumeTrue(
                    hasJar(tree.resolve(module).resolve("target")),
                    "SKIPPED, NOT TESTED: %s has not been built; run mvn -pl %s -am package"
                            .formatted(module, String.join(",", MODULES)));
        }
    }

    private static boolean hasJar(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            return false;
        }
        try (var files = Files.newDirectoryStream(target, "kernfield-*.jar")) {
            return files.iterator().hasNext();
        }
    }

    @Test
    void aProcessThatFitsGoesOnWhileItComesAndGoes() throws Exception {
        Path picture = Pictures.waves(temp.resolve("waves.png"), 32, 32);
        try (var runtime = Runtime.start(temp)) {
            Command running = fit(runtime, picture, "long", "cpu", 1_000_000_000);
            running.awaitSaid("steps/s");
            assertThat(runtime.run("plugins", "add", "nd4j").well().out()).contains("Added nd4j");
            awaitBackends(runtime, names -> names.contains("\"nd4j\""));
            assertThat(runtime.run("doctor", "--json").well().out())
                    .containsPattern("\"check\": \"nd4j\", \"ok\": true");
            fit(runtime, picture, "short", "nd4j", 5).end().well();

            runtime.run("plugins", "remove", "nd4j").well();
            awaitBackends(runtime, names -> !names.contains("\"nd4j\""));
            assertThat(running.isRunning()).isTrue();
            fit(runtime, picture, "after", "cpu", 5).end().well();
            runtime.run("cancel", "waves-1").well();
            assertThat(running.end().err()).contains("stopped at step");
        }
    }

    private Command fit(Runtime runtime, Path picture, String name, String backend, long steps) {
        return runtime.start(
                "fit",
                picture.toString(),
                "--kernels",
                "20",
                "--steps",
                "" + steps,
                "--backend",
                backend,
                "--out",
                temp.resolve(name + ".safetensors").toString());
    }

    private static void awaitBackends(Runtime runtime, Predicate<String> wanted) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        String now = runtime.run("backends", "--json").out();
        while (!wanted.test(now)) {
            assertThat(System.nanoTime()).as(now).isLessThan(deadline);
            Thread.sleep(200);
            now = runtime.run("backends", "--json").out();
        }
    }

    /** The file stands where the directory should be; root could write to any directory. */
    @Test
    void aCacheThatCannotBeWrittenIsToldOnTheTerminal() throws Exception {
        var kernfield = new Kernfield(temp.resolve("home"));
        kernfield.run("plugins", "add", "nd4j").well();
        Path cache = Files.createFile(temp.resolve("file")).resolve("cache");
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        var words =
                new ArrayList<>(
                        List.of(
                                "env",
                                "KERNFIELD_OPENBLAS=none",
                                "KERNFIELD_JVM_OPTIONS=-Dorg.bytedeco.javacpp.cachedir="
                                        + cache
                                        + " -Djava.io.tmpdir="
                                        + elsewhere
                                        + " -Duser.home="
                                        + elsewhere,
                                Kernfield.distribution().resolve("bin/kernfield").toString(),
                                "doctor",
                                "--json"));
        Ended doctor = kernfield.execute(words).end().well();
        assertThat(doctor.err().lines().filter(line -> line.startsWith("nd4j: ")))
                .singleElement()
                .asString()
                .contains(cache + ": native libraries cannot be unpacked there");
        assertThat(doctor.out())
                .containsPattern("\"check\": \"nd4j\", \"ok\": false, \"why\": \"[^\"]*unpacked");
    }
}
