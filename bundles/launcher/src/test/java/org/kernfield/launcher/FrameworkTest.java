package org.kernfield.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

class FrameworkTest {

    @TempDir Path temp;

    private Path root;
    private Home home;

    @BeforeEach
    void makePlaces() throws IOException {
        root = Files.createDirectories(temp.resolve("distribution"));
        Files.createDirectories(root.resolve("bundles/1"));
        home = Home.open(Map.of(Home.VARIABLE, temp.resolve("home").toString()));
    }

    private Framework start() {
        return Framework.start(new Distribution(root), home, Mode.BATCH);
    }

    private void bundle(String name, String imports) throws IOException {
        var manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.putValue("Manifest-Version", "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        headers.putValue("Bundle-Activator", AnsweringActivator.class.getName());
        headers.putValue("Import-Package", imports);
        Path jar = root.resolve("bundles/1/" + name + ".jar");
        String entry = AnsweringActivator.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = getClass().getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
        }
    }

    @Test
    void runsTheCommandABundleOffers() throws IOException {
        bundle("answering", "org.osgi.framework");
        var framework = start();
        try {
            assertThat(framework.command().applyAsInt(new String[] {"a", "b"})).isEqualTo(2);
        } finally {
            framework.stop();
        }
    }

    @Test
    void namesThePackageThatKeepsTheCommandAway() throws IOException {
        bundle("hopeful", "org.osgi.framework,not.to.be.found");
        var framework = start();
        try {
            assertThatThrownBy(framework::command)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("hopeful")
                    .hasMessageContaining("not.to.be.found");
        } finally {
            framework.stop();
        }
    }

    @Test
    void saysSoWhenNoBundleOffersACommand() {
        var framework = start();
        try {
            assertThatThrownBy(framework::command).hasMessageContaining("no bundle offers it");
        } finally {
            framework.stop();
        }
    }

    @Test
    void leavesNothingInTheCacheBehind() throws IOException {
        bundle("answering", "org.osgi.framework");
        start().stop();
        assertThat(home.cache()).isEmptyDirectory();
    }

    @Test
    void twoRunSideBySide() throws IOException {
        bundle("answering", "org.osgi.framework");
        var first = start();
        var second = start();
        try {
            assertThat(first.command().applyAsInt(new String[0])).isZero();
            assertThat(second.command().applyAsInt(new String[1])).isOne();
        } finally {
            first.stop();
            second.stop();
        }
    }
}
