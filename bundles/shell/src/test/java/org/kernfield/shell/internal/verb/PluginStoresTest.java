package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Failure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the jars of optional plugins come from, and how they get into the drop folder. */
class PluginStoresTest {
    private static final String VERSION = "0.1.0-SNAPSHOT";

    @TempDir Path directory;

    private final OptionalPlugin nd4j = OptionalPlugin.named("nd4j").orElseThrow();

    private Path file(String path) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, path);
    }

    private PluginStores usual() {
        return new PluginStores(
                null,
                directory.resolve("tree/runtime/target/kernfield"),
                directory.resolve("m2"),
                VERSION);
    }

    @Test
    void prefersTheBuildThatTheDistributionLiesIn() throws IOException {
        file("tree/pom.xml");
        Path libs =
                file(
                        "m2/org/kernfield/kernfield-nd4j-libs/0.1.0-SNAPSHOT/kernfield-nd4j-libs-0.1.0-SNAPSHOT.jar");
        file("m2/org/kernfield/kernfield-nd4j/0.1.0-SNAPSHOT/kernfield-nd4j-0.1.0-SNAPSHOT.jar");
        Path api = file("tree/bundles/nd4j-api/target/kernfield-nd4j-api-0.1.0-SNAPSHOT.jar");
        Path thin = file("tree/plugins/nd4j/target/kernfield-nd4j-0.1.0-SNAPSHOT.jar");
        assertThat(usual().find(nd4j).values()).containsExactly(libs, api, thin);
    }

    @Test
    void saysWhatIsMissingAndHowToGetIt() throws IOException {
        file("tree/pom.xml");
        assertThatThrownBy(() -> usual().find(nd4j))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("there is no kernfield-nd4j-libs.jar in the build in ")
                .hasMessageContaining("; in the sources run mvn -pl plugins/")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void looksNowhereElseIfADirectoryIsGiven() throws IOException {
        file(
                "m2/org/kernfield/kernfield-nd4j-libs/0.1.0-SNAPSHOT/kernfield-nd4j-libs-0.1.0-SNAPSHOT.jar");
        Path given = directory.resolve("given");
        var stores = new PluginStores(given, null, directory.resolve("m2"), VERSION);
        assertThatThrownBy(() -> stores.find(nd4j)).hasMessageContaining(given.toString());
    }

    @Test
    void copiesJarsWholeWithABar() throws IOException {
        Path drop = Files.createDirectories(directory.resolve("drop"));
        Path jar = directory.resolve("some.jar");
        Files.write(jar, new byte[3_000_000]);
        var shown = new ByteArrayOutputStream();
        var err = new PrintStream(shown);
        var console = new Console(err, err, true, () -> 80, directory);
        long bytes = new JarCopy(console, drop).copy(Map.of("kernfield-nd4j", jar));
        assertThat(bytes).isEqualTo(3_000_000);
        assertThat(drop).isDirectoryContaining("glob:**/kernfield-nd4j.jar");
        try (var files = Files.list(drop)) {
            assertThat(files).hasSize(1);
        }
        assertThat(shown.toString()).contains("3 of 3 MB");
    }

    @Test
    void leavesNothingBehindWhenTheFolderCannotTakeThem() throws IOException {
        Path jar = file("some.jar");
        Path none = directory.resolve("no-such-folder");
        var console = Console.plain(System.out, System.err);
        assertThatThrownBy(() -> new JarCopy(console, none).copy(Map.of("a", jar)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("could not be copied");
    }
}
