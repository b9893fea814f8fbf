package org.kernfield.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class DistributionTest {

    @TempDir Path root;

    private Path file(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    @Test
    void ordersBundlesByTheNumberOfTheirLevel() throws IOException {
        Path tenth = file("bundles/10/late.jar");
        Path b = file("bundles/2/b.jar");
        Path a = file("bundles/2/a.jar");
        var levels = new Distribution(root).bundlesByLevel();
        assertThat(levels.keySet()).containsExactly(2, 10);
        assertThat(levels.get(2)).containsExactly(a, b);
        assertThat(levels.get(10)).containsExactly(tenth);
    }

    @Test
    void keepsTheTerminalOutOfTheLevels() throws IOException {
        Path terminal = file("bundles/shell/jline.jar");
        var distribution = new Distribution(root);
        assertThat(distribution.bundlesByLevel()).isEmpty();
        assertThat(distribution.shellBundles()).containsExactly(terminal);
    }

    @Test
    void passesOverWhatIsNoJar() throws IOException {
        file("bundles/1/notes.txt");
        assertThat(new Distribution(root).bundlesByLevel().get(1)).isEmpty();
    }
}
