package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A plugin is compiled once and meets many engines. {@code template-for-0.1.jar} was compiled
 * against the SPI of 0.1 and is never compiled again.
 */
@DisabledOnOs(OS.WINDOWS)
class CompatibilityTest {
    private static final String OLD = "/template-for-0.1.jar";

    @TempDir Path temp;

    private Path drop(String name) throws IOException {
        return Files.createDirectories(temp.resolve("home/plugins")).resolve(name);
    }

    @Test
    void aPluginCompiledAgainstTheFirstSpiFitsAPicture() throws Exception {
        try (InputStream old = getClass().getResourceAsStream(OLD)) {
            Files.copy(old, drop("template.jar"));
        }
        Path picture = Pictures.waves(temp.resolve("waves.png"), 48, 32);
        Path model = temp.resolve("fitted.safetensors");
        try (var runtime = Runtime.start(temp)) {
            Ended fit =
                    runtime.run(
                                    "fit",
                                    picture.toString(),
                                    "--as",
                                    "wendland",
                                    "--steps",
                                    "30",
                                    "--out",
                                    model.toString(),
                                    "--json")
                            .well();
            assertThat(fit.number("psnr")).isGreaterThan(15);
            runtime.run("render", model.toString(), "--out", temp.resolve("r.png").toString())
                    .well();
        }
    }

    @Test
    void aPluginForAnotherSpiIsNamedWithWhatItLacks() throws Exception {
        try (InputStream old = getClass().getResourceAsStream(OLD)) {
            importing(old, "org.kernfield.field;version=\"[7.1,8)\"", drop("future.jar"));
        }
        try (var runtime = Runtime.start(temp)) {
            assertThat(runtime.run("representations", "--json").well().out())
                    .contains("rbf")
                    .doesNotContain("wendland");
            assertThat(runtime.run("plugins").well().out())
                    .contains("unresolved")
                    .contains("org.kernfield.field version>=7.1");
            assertThat(runtime.run("doctor", "--json").out())
                    .contains("org.kernfield.field version>=7.1")
                    .contains("it was built for another version of Kernfield core");
        }
    }

    /** The same jar with other imports. */
    private static void importing(InputStream jar, String imports, Path changed)
            throws IOException {
        try (var in = new JarInputStream(jar)) {
            var manifest = new Manifest(in.getManifest());
            manifest.getMainAttributes().putValue("Import-Package", imports);
            try (var out = new JarOutputStream(Files.newOutputStream(changed), manifest)) {
                for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    out.putNextEntry(new java.util.jar.JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
    }
}
