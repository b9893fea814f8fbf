package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Engine;
import org.kernfield.engine.Kernfield;
import org.kernfield.field.Image;
import org.kernfield.format.FormatException;
import org.kernfield.scene.Splats;
import org.kernfield.shell.internal.Completion;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Dispatcher;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Verbs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The verbs over the engine itself, with the codecs of io and a representation of one colour. */
class VerbsTest {
    @TempDir private Path home;
    @TempDir private Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Kernfield kernfield;
    private Dispatcher verbs;
    private Console console;

    @BeforeEach
    void open() throws IOException {
        kernfield = Kernfield.open(home);
        verbs =
                Verbs.over(
                        kernfield.engine(), new PlainSurroundings(), (text, file, console) -> {});
        var print = new PrintStream(err, true, StandardCharsets.UTF_8);
        console = new Console(print, print, false, () -> 80, directory);
        var values = new float[16 * 12 * 3];
        for (int k = 0; k < values.length; k++) {
            values[k] = k % 3 == 0 ? 0.4f : 0.2f;
        }
        kernfield.engine().write(new Image(16, 12, 3, values), directory.resolve("photo.png"));
    }

    @AfterEach
    void close() {
        kernfield.close();
    }

    private Map<String, ?> run(String verb, String... words) {
        return verbs.run(verb, List.of(words), console).fields();
    }

    private Path at(String name) {
        return directory.resolve(name);
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void fitsIntoThreeFilesCalledLikeTheInput() throws IOException {
        var fields = run("fit", "photo.png", "--steps", "30", "--seed", "7");
        assertThat(names())
                .containsExactly(
                        "photo.flat.error.png",
                        "photo.flat.png",
                        "photo.flat.safetensors",
                        "photo.png");
        assertThat(fields.keySet())
                .map(Object::toString)
                .startsWith("model", "representation", "task", "backend", "seed", "steps")
                .contains("seconds", "firstResultSeconds", "parameters", "bytes")
                .contains("rendered", "errorMap", "metrics");
        assertThat(fields.get("model")).isEqualTo(at("photo.flat.safetensors").toString());
        assertThat(fields.get("steps")).isEqualTo(30L);
        assertThat(fields.get("seed")).isEqualTo(7L);
        assertThat(fields.get("bytes")).isEqualTo(Files.size(at("photo.flat.safetensors")));
        assertThat((Map<?, ?>) fields.get("metrics")).hasToString("{psnr=999.0, ssim=1.0}");
    }

    @Test
    void leavesNothingBehindWhatIsRefused() throws IOException {
        Files.writeString(at("text.png"), "hello");
        assertThatThrownBy(() -> run("fit", "text.png", "--steps", "1"))
                .hasMessageContaining("text.png");
        assertThatThrownBy(() -> run("fit", "none.png")).hasMessageContaining("no such file");
        assertThatThrownBy(() -> run("fit", "photo.png", "--colours", "77"))
                .hasMessageContaining("colours = 77");
        assertThat(names()).containsExactly("photo.png", "text.png");
    }

    @Test
    void benchSaysWhatABackendCannotTellAndRefusesUnknownNames() {
        var fields = run("bench", "limits");
        assertThat(fields.keySet())
                .map(Object::toString)
                .containsExactly("results", "firstResultSeconds");
        assertThat((List<?>) fields.get("results"))
                .singleElement()
                .hasToString("{name=limits, value=null, unit=, limit=null, peer=null, ratio=null}");
        assertThat((Double) fields.get("firstResultSeconds")).isPositive();
        assertThatThrownBy(() -> run("bench", "matvek"))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.status()).isEqualTo(Failure.USAGE))
                .hasMessageStartingWith("matvek: nothing to measure is called so; take one of");
    }

    @Test
    void suggestsTheNearestSetting() {
        assertThatThrownBy(() -> run("fit", "photo.png", "--set", "colors=1"))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.status()).isEqualTo(Failure.USAGE))
                .hasMessage("colors: unknown setting; did you mean colours?");
    }

    @Test
    void refusesToReplaceThePictureItFits() {
        assertThatThrownBy(() -> run("fit", "photo.png", "--out", "photo.safetensors"))
                .hasMessageContaining("would replace the input");
    }

    @Test
    void stopsOnInterruptAndResumes() throws Exception {
        var failure = new Throwable[1];
        var fitting =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        run("fit", "photo.png", "--seconds", "600");
                                    } catch (Failure e) {
                                        failure[0] = e;
                                    }
                                });
        while (kernfield.engine().jobs().isEmpty()) {
            Thread.onSpinWait();
        }
        fitting.interrupt();
        fitting.join();
        assertThat(failure[0])
                .hasMessageContaining("photo-1: stopped at step")
                .hasMessageContaining("resume with: ./kernfield resume photo-1");
        assertThat(names()).containsExactly("photo.png");
        long more = 1_000_000_000L;
        assertThatThrownBy(() -> run("resume", "photo-2")).hasMessageContaining("photo-1");
        assertThat(fields("watch", "photo-1"))
                .containsEntry("stepsAgain", 0L)
                .containsEntry("faults", 0)
                .containsEntry("brokenOff", 0);
        assertThat(run("jobs").get("items"))
                .asString()
                .contains("id=photo-1, state=stopped, representation=flat, backend=reference")
                .contains("stepsAgain=0, faults=0, brokenOff=0")
                .contains("why=cancelled; resume with: ./kernfield resume photo-1");
        String[] words = {"photo-1", "--seconds", "1", "--steps", "" + more, "--memory", "64"};
        var fields = run("resume", words);
        assertThat(fields.get("job")).isEqualTo("photo-1");
        assertThat(names()).contains("photo.flat.safetensors", "photo.flat.png");
    }

    @Test
    void takesBackAPauseThatHasNotComeYet() throws Exception {
        var fitting = Thread.ofPlatform().start(() -> fitUntilInterrupted());
        while (kernfield.engine().jobs().isEmpty()) {
            Thread.onSpinWait();
        }
        for (int times = 0; times < 50; times++) {
            run("pause", "photo-1");
            run("resume", "photo-1");
        }
        long step = kernfield.engine().jobs().getFirst().step();
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (kernfield.engine().jobs().getFirst().step() <= step) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
        fitting.interrupt();
        fitting.join();
    }

    private void fitUntilInterrupted() {
        assertThatThrownBy(() -> run("fit", "photo.png", "--seconds", "600"))
                .hasMessageContaining("stopped at step");
    }

    @Test
    void drawsAndEvaluatesAModel() throws IOException {
        run("fit", "photo.png", "--steps", "30", "--out", "m.safetensors");
        var drawn = run("render", "m.safetensors", "--size", "5x4", "--out", "small.png");
        assertThat(drawn.get("width")).isEqualTo(5);
        assertThat(kernfield.engine().read(at("small.png"), Image.class).get(0, 0, 0))
                .isCloseTo(0.4f, within(1e-6f));
        Files.writeString(at("points.csv"), "x,y\n0.5,0.5\n3,4\n");
        var rows = run("eval", "m.safetensors", "--at", "points.csv", "--out", "values.csv");
        assertThat(rows.get("rows")).isEqualTo(2);
        assertThat(rows.get("out")).isEqualTo(at("values.csv").toString());
        List<String> lines = Files.readAllLines(at("values.csv"));
        assertThat(lines).hasSize(3).startsWith("red,green,blue");
        assertThat(Double.parseDouble(lines.get(1).split(",")[0])).isCloseTo(0.4, within(1e-6));
    }

    @Test
    void refusesCoordinatesOfAnotherDimension() throws IOException {
        run("fit", "photo.png", "--steps", "1", "--out", "m.safetensors");
        Files.writeString(at("points.csv"), "1\n2\n");
        assertThatThrownBy(
                        () -> run("eval", "m.safetensors", "--at", "points.csv", "--out", "v.csv"))
                .hasMessageContaining("has 1 columns, the field takes 2");
        assertThat(at("v.csv")).doesNotExist();
    }

    @Test
    void comparesPicturesAndTables() throws IOException {
        assertThat(run("compare", "photo.png", "photo.png").get("psnr")).isEqualTo(999.0);
        Files.writeString(at("a.csv"), "1,2\n3,4\n");
        Files.writeString(at("b.csv"), "x,y\n1,2\n3,6\n");
        assertThat(run("compare", "a.csv", "b.csv")).hasToString("{rmse=1.0, max=2.0}");
    }

    @Test
    void tellsWhatAFileHolds() {
        assertThat(run("info", "photo.png"))
                .hasToString("{kind=picture, format=png, width=16, height=12, channels=3}");
        run("fit", "photo.png", "--steps", "1", "--out", "m.safetensors");
        assertThat(run("info", "m.safetensors").get("representation")).isEqualTo("flat");
    }

    @Test
    void convertsSplatsAndTellsWhatLooksWrong() throws Exception {
        var splats = Splats.allocate(3, 1);
        splats.means()[3] = 2;
        splats.rotations()[0] = splats.rotations()[4] = 1;
        splats.logScales()[4] = 69;
        kernfield.engine().write(splats, directory.resolve("scene.ply"));
        assertThat(fields("convert", "scene.ply", "scene.spz"))
                .containsEntry("count", 3L)
                .containsEntry("bytesIn", Files.size(directory.resolve("scene.ply")))
                .containsEntry("bytesOut", Files.size(directory.resolve("scene.spz")));
        assertThat(fields("info", "scene.spz"))
                .containsEntry("kind", "splats")
                .containsEntry("format", "spz")
                .containsEntry("count", 3)
                .containsEntry("shDegree", 1)
                .containsEntry("bounds", List.of(List.of(0f, 0f, 0f), List.of(2f, 0f, 0f)))
                .containsEntry("opacities", List.of(0, 0, 0, 0, 0, 3, 0, 0, 0, 0));
        assertThat(fields("info", "scene.ply"))
                .containsEntry(
                        "problems",
                        List.of(
                                "1 splat with a rotation of length 0",
                                "1 splat more than ten times as large as the scene"));
    }

    @Test
    void tellsWhatAFormatCannotHold() throws IOException {
        var splats = Splats.allocate(2, 3);
        splats.rotations()[0] = splats.rotations()[4] = 1;
        var labels = new java.util.LinkedHashMap<String, float[]>();
        labels.put("label", new float[] {1, 2});
        labels.put("time", new float[2]);
        kernfield.engine().write(splats.with(labels), at("scene.ply"));
        String further = "further properties left out: label, time";
        assertThat(run("convert", "scene.ply", "a.splat").get("leftOut"))
                .isEqualTo(
                        List.of(
                                "colours of degrees 1 to 3 left out (.splat holds degree 0)",
                                further));
        assertThat(run("convert", "scene.ply", "a.spz").get("leftOut")).isEqualTo(List.of(further));
        assertThat(run("convert", "scene.ply", "b.ply").get("leftOut")).isEqualTo(List.of());
        assertThat(run("convert", "a.splat", "c.splat").get("leftOut")).isEqualTo(List.of());
    }

    @Test
    void convertsSplatsOfWhichThereAreNone() throws IOException {
        kernfield.engine().write(Splats.allocate(0, 3), at("none.ply"));
        var converted = run("convert", "none.ply", "none.splat");
        assertThat(converted.get("leftOut")).isEqualTo(List.of());
        assertThat(converted.get("bytesOut")).isEqualTo(0L);
    }

    @Test
    void losesOnlyTheRemarkWhereTheFileCannotBeReadBack() throws IOException {
        kernfield.engine().write(Splats.allocate(1, 1), at("scene.ply"));
        verbs = Verbs.over(unable("a.splat"), new PlainSurroundings(), (text, file, by) -> {});
        assertThat(run("convert", "scene.ply", "a.splat").get("leftOut"))
                .isEqualTo(
                        List.of("could not be read back to see what is left out: a.splat: large"));
        assertThat(at("a.splat")).hasSize(32);
    }

    /** The engine, but for one file, which it does not read. */
    private Engine unable(String name) {
        return (Engine)
                Proxy.newProxyInstance(
                        Engine.class.getClassLoader(),
                        new Class<?>[] {Engine.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("read") && arguments[0].equals(at(name))) {
                                throw new FormatException(name + ": large");
                            }
                            return method.invoke(kernfield.engine(), arguments);
                        });
    }

    @Test
    void countsThePicturesOfASceneThatIsSeveralFiles() throws IOException {
        var splats = Splats.allocate(3, 1);
        splats.rotations()[0] = splats.rotations()[4] = splats.rotations()[8] = 1;
        kernfield.engine().write(splats, at("scene.ply"));
        Path place = Files.createDirectory(at("place"));
        Files.writeString(place.resolve("other.webp"), "no part of it");
        var packed = run("convert", "scene.ply", "place/meta.json");
        long bytes = -Files.size(place.resolve("other.webp"));
        try (var files = Files.list(place)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        assertThat(bytes).isGreaterThan(Files.size(place.resolve("meta.json")));
        assertThat(packed.get("bytesOut")).isEqualTo(bytes);
        assertThat(run("convert", "place/meta.json", "b.ply").get("bytesIn")).isEqualTo(bytes);
    }

    private Map<String, Object> fields(String verb, String... words) {
        return Map.copyOf(run(verb, words));
    }

    @Test
    void refusesToConvertAFileIntoItself() {
        assertThatThrownBy(() -> run("convert", "photo.png", "photo.png"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("this is the input");
    }

    @Test
    void listsWhatIsThere() {
        assertThat(run("representations").get("items"))
                .asString()
                .contains("name=flat, state=ready");
        assertThat(run("backends").get("items")).asString().contains("name=reference");
        assertThat(run("doctor").get("items")).asString().contains("check=java");
        assertThat(run("version").get("version")).isEqualTo("0");
    }

    @Test
    void explainsSettingsInItsHelp() {
        String help = verbs.run("help", List.of("fit"), console).text();
        assertThat(help).contains("--seconds S").contains("colours").contains("(1 to 9)");
    }

    @Test
    void completesOptionsSettingsNamesAndFiles() {
        var completion = new Completion(verbs, kernfield.engine());
        assertThat(completion.options("fit"))
                .map(Completion.Word::value)
                .contains("--seconds", "--colours", "--json");
        assertThat(words(completion, "", "fit", "photo.png", "--as"))
                .containsExactly("flat", "straight");
        assertThat(words(completion, "", "fit", "--seed", "1")).containsExactly("photo.png");
        assertThat(words(completion, "", "fit", "a", "--set")).contains("colours=");
        assertThat(words(completion, "", "fit", "a")).isEmpty();
        assertThat(words(completion, "", "help")).contains("fit", "render");
    }

    private List<String> words(Completion completion, String begun, String... words) {
        return completion.words(List.of(words), begun, directory).stream()
                .map(Completion.Word::value)
                .toList();
    }
}
