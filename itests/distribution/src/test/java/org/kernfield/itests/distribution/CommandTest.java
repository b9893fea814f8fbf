package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What every command, as a whole process, owes its caller. */
@DisabledOnOs(OS.WINDOWS)
class CommandTest {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int WRONG_USAGE = 2;

    @TempDir Path temp;

    private Kernfield kernfield;

    @BeforeEach
    void find() {
        kernfield = new Kernfield(temp.resolve("home"));
    }

    @Test
    void answersScriptsWithOneObjectAndLeavesNothingInTheCache()
            throws IOException, InterruptedException {
        var ended = kernfield.run("backends", "--json");
        assertThat(ended.status()).isEqualTo(DONE);
        assertThat(ended.out().strip()).startsWith("{").endsWith("}").contains("\"cpu\"");
        try (var left = Files.list(kernfield.home().resolve("cache"))) {
            assertThat(left.filter(p -> p.getFileName().toString().startsWith("framework-")))
                    .isEmpty();
        }
    }

    @Test
    void aCopiedDistributionHasItsOwnPlugins() throws IOException, InterruptedException {
        Path copy = temp.resolve("copy of it");
        Runtime.copy(Kernfield.distribution(), copy);
        try (var jars = Files.list(copy.resolve("plugins"))) {
            var rbf = jars.filter(f -> f.getFileName().toString().startsWith("kernfield-rbf"));
            Files.delete(rbf.findFirst().orElseThrow());
        }
        String command = copy.resolve("bin/kernfield").toString();
        var ended = kernfield.execute(List.of(command, "representations", "--json")).end();
        assertThat(ended.status()).isEqualTo(DONE);
        assertThat(ended.out()).contains("\"splat\"").doesNotContain("\"rbf\"");
    }

    @Test
    void wrongUsageIsOneLineAndStatusTwo() throws IOException, InterruptedException {
        var ended = kernfield.run("no-such-verb");
        assertThat(ended.status()).isEqualTo(WRONG_USAGE);
        assertThat(ended.complaints()).hasSize(1);
        assertThat(ended.err()).doesNotContainPattern("(?m)^\\s*at ");
    }

    @Test
    void aRefusalIsOneLineAndStatusOneForScriptsToo() throws IOException, InterruptedException {
        var ended = kernfield.run("fit", temp.resolve("nothing.png").toString(), "--json");
        assertThat(ended.status()).isEqualTo(REFUSED);
        assertThat(ended.complaints()).singleElement().asString().contains("nothing.png");
        assertThat(ended.out().strip()).startsWith("{\"error\": ");
    }

    /** Java's own reader of manifests would say at length what it thinks of the second key. */
    @Test
    void javaItselfHoldsItsTongue() throws IOException, InterruptedException {
        Path jar = temp.resolve("twice.jar");
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            out.write("Manifest-Version: 1.0\nOne: a\nOne: b\n\n".getBytes(UTF_8));
        }
        var ended = kernfield.run("plugins", "inspect", jar.toString());
        assertThat(ended.status()).isEqualTo(REFUSED);
        assertThat(ended.complaints()).hasSize(1);
        assertThat(ended.err()).doesNotContain("Duplicate name in Manifest");
    }

    @Test
    void helpNamesEachOptionOnceAndOnlyBoundsThatSaySomething()
            throws IOException, InterruptedException {
        String help = kernfield.run("help", "fit").out();
        assertThat(help.lines().filter(line -> line.matches("\\s*(--)?seed .*"))).hasSize(1);
        assertThat(help).doesNotContain("9223372036854775808");
    }
}
