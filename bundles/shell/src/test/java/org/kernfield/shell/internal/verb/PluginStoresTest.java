package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Kernfield;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Verbs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
        var copied = new JarCopy(console, drop).copy(Map.of("kernfield-nd4j", jar));
        assertThat(copied.bytes()).isEqualTo(3_000_000);
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

    /** As when the disk is full after the first of them. */
    @Test
    void addsNoneAndReplacesNoneIfALaterOneFails() throws IOException {
        Path drop = Files.createDirectories(directory.resolve("drop"));
        Path old = Files.writeString(drop.resolve("old.jar"), "before");
        var jars = new LinkedHashMap<String, Path>();
        jars.put("new", file("new"));
        jars.put("old", file("old"));
        jars.put("gone", Files.createDirectories(directory.resolve("no-file")));
        var console = Console.plain(System.out, System.err);
        assertThatThrownBy(() -> new JarCopy(console, drop).copy(jars)).isInstanceOf(Failure.class);
        try (var files = Files.list(drop)) {
            assertThat(files).containsExactly(old);
        }
        assertThat(old).hasContent("before");
    }

    @Test
    void leavesAloneWhatIsThereAlready() throws IOException {
        Path drop = Files.createDirectories(directory.resolve("drop"));
        var jars = new LinkedHashMap<String, Path>();
        jars.put("libs", file("libs"));
        jars.put("thin", file("thin"));
        var console = Console.plain(System.out, System.err);
        assertThat(new JarCopy(console, drop).copy(jars).artifacts())
                .containsExactly("libs", "thin");
        Path libs = drop.resolve("libs.jar");
        var time = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(libs, time);
        Files.writeString(jars.get("thin"), "another version");
        var again = new JarCopy(console, drop).copy(jars);
        assertThat(again.artifacts()).containsExactly("thin");
        assertThat(again.bytes()).isEqualTo("another version".length());
        assertThat(Files.getLastModifiedTime(libs)).isEqualTo(time);
        assertThat(drop.resolve("thin.jar")).hasContent("another version");
    }

    /** A process keeps the native libraries of the first class loader that has loaded them. */
    @Test
    void saysThatLibrariesWhichComeAnewNeedARestart() throws IOException {
        Path drop = Files.createDirectories(directory.resolve("drop"));
        for (String artifact : nd4j.artifacts()) {
            file("from/" + artifact + ".jar");
        }
        assertThat(plugins(drop, "add")).contains("It runs in a moment");
        System.setProperty(nd4j.loaded(), "1");
        try {
            assertThat(plugins(drop, "add")).contains("already, and nothing was copied.");
            Files.writeString(directory.resolve("from/kernfield-nd4j.jar"), "another");
            assertThat(plugins(drop, "add")).contains("It runs in a moment");
            plugins(drop, "remove");
            assertThat(plugins(drop, "add"))
                    .contains("It needs a restart of Kernfield")
                    .doesNotContain("in a moment");
        } finally {
            System.clearProperty(nd4j.loaded());
        }
    }

    private String plugins(Path drop, String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.add("nd4j");
        if (words[0].equals("add")) {
            arguments.addAll(List.of("--from", directory.resolve("from").toString()));
        }
        var console = Console.plain(System.out, System.err);
        try (var kernfield = Kernfield.open(directory.resolve("home"))) {
            return Verbs.over(kernfield.engine(), new PlainSurroundings(drop), (t, f, c) -> {})
                    .run("plugins", arguments, console)
                    .text();
        }
    }
}
