package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleEvent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars in a drop folder that are no plugins: each is named with the reason, and none is read. */
@DisabledOnOs(OS.WINDOWS)
class StrayJarsTest {
    private static final String HEADERS =
            "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: stray\n";

    /** More than any manifest has, of which the jar takes 60 KB. */
    private static final int MANY = 60_000_000;

    @TempDir Path temp;

    private Runtime runtime;

    @BeforeEach
    void start() throws IOException {
        runtime = Runtime.startWatchful(temp);
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    /** Renamed into place, so that the watcher never sees half a file. */
    private void drop(String name, Path jar) throws IOException {
        Files.move(
                jar,
                runtime.home().resolve("plugins").resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private Path jar(String manifest, int zeros) throws IOException {
        Path jar = temp.resolve("made.jar");
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            out.write(manifest.getBytes(StandardCharsets.UTF_8));
            out.write(new byte[zeros]);
        }
        return jar;
    }

    private void assertNamed(String jar, String why) {
        assertThat(runtime.run("doctor", "--json").well().out())
                .containsPattern(
                        "\"check\": \"jar [^\"]*%s\", \"ok\": false, \"why\": \"[^\"]*%s"
                                .formatted(jar, why));
        assertThat(runtime.run("plugins", "--json").well().out())
                .containsPattern(
                        "\"name\": \"%s\", \"state\": \"not installed\", [^}]*%s"
                                .formatted(jar, why));
    }

    @Test
    void aFileThatIsNoJarIsNamedAndDisturbsNobody() throws Exception {
        drop("broken.jar", Files.writeString(temp.resolve("text"), "not a jar"));
        runtime.deployTemplate();
        assertThat(runtime.run("representations", "--json").out()).contains("wendland");
        assertNamed("broken.jar", "zip");
    }

    @Test
    void aJarThatIsNoBundleIsNamed() throws Exception {
        drop("library.jar", jar("Manifest-Version: 1.0\n", 0));
        assertNamed("library.jar", "has no Bundle-SymbolicName");
    }

    @Test
    void aBundleThatTheFrameworkRefusesIsNamed() throws Exception {
        drop("odd.jar", jar(HEADERS + "Bundle-Version: seven\n", 0));
        assertNamed("odd.jar", "invalid version");
    }

    @Test
    void aSecondCopyIsNamed() throws Exception {
        runtime.deployTemplate();
        Path copy = temp.resolve("copy");
        Files.copy(runtime.home().resolve("plugins/template.jar"), copy);
        drop("twin.jar", copy);
        assertNamed("twin.jar", "the same bundle has come from .*template.jar");
    }

    @Test
    void aManifestWithoutMeasureIsNotRead() throws Exception {
        drop("bomb.jar", jar(HEADERS, MANY));
        runtime.deployTemplate();
        assertNamed("bomb.jar", "manifest is longer than");
        Ended look =
                runtime.run(
                        "plugins",
                        "inspect",
                        runtime.home().resolve("plugins/bomb.jar").toString());
        assertThat(look.complaints())
                .singleElement()
                .asString()
                .contains("bomb.jar", "manifest is longer than");
    }

    @Test
    void aPluginThatIsReplacedByABrokenJarIsGoneUntilItIsMended() throws Exception {
        runtime.deployTemplate();
        runtime.replaceTemplate(jar(HEADERS, MANY), BundleEvent.UNINSTALLED);
        assertNamed("template.jar", "manifest is longer than");
        runtime.deployTemplate();
        assertThat(runtime.run("doctor", "--json").out()).doesNotContain("template.jar");
    }

    /** As while a file is handed over, or too many are open; its time and length do not change. */
    @Test
    void aJarThatCannotBeReadIsAskedAboutAgain() throws Exception {
        Path jar = temp.resolve("closed");
        Files.copy(Kernfield.distribution().resolve("examples/kernfield-template.jar"), jar);
        Files.setPosixFilePermissions(jar, Set.of());
        assumeFalse(Files.isReadable(jar), "SKIPPED, NOT TESTED: this user may read every file");
        drop("closed.jar", jar);
        assertNamed("closed.jar", "cannot be read");
        Files.setPosixFilePermissions(
                runtime.home().resolve("plugins/closed.jar"),
                PosixFilePermissions.fromString("r--------"));
        runtime.await(BundleEvent.STARTED);
        assertThat(runtime.run("representations", "--json").out()).contains("wendland");
    }
}
