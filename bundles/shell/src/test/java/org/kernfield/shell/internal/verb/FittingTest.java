package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Kernfield;
import org.kernfield.field.Image;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Dispatcher;
import org.kernfield.shell.internal.Verbs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What a fit found is not lost when something goes wrong after it. */
class FittingTest {
    @TempDir private Path home;
    @TempDir private Path directory;

    private Kernfield kernfield;
    private Dispatcher verbs;

    @BeforeEach
    void open() throws IOException {
        kernfield = Kernfield.open(home);
        verbs =
                Verbs.over(
                        kernfield.engine(), new PlainSurroundings(), (text, file, console) -> {});
        picture(16, 12);
    }

    @AfterEach
    void close() {
        kernfield.close();
    }

    private void picture(int width, int height) throws IOException {
        var grey = new Image(width, height, 1, new float[width * height]);
        kernfield.engine().write(grey, directory.resolve("photo.png"));
    }

    private void run(String verb, String... words) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        verbs.run(verb, List.of(words), new Console(nowhere, nowhere, false, () -> 80, directory));
    }

    /** Something that happens while a fit runs. */
    private interface Event {
        void happen() throws IOException;
    }

    /** What a fit of a second or two said, during which something happened. */
    private Throwable told(Event event, String... more) throws Exception {
        var told = new AtomicReference<Throwable>();
        var words = new ArrayList<>(List.of("photo.png", "--seconds", "2"));
        words.addAll(List.of(more));
        var fitting =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        run("fit", words.toArray(String[]::new));
                                    } catch (RuntimeException e) {
                                        told.set(e);
                                    }
                                });
        while (kernfield.engine().jobs().isEmpty()) {
            Thread.onSpinWait();
        }
        event.happen();
        fitting.join();
        return told.get();
    }

    @Test
    void theModelIsWrittenThoughItsPictureCannotBeCompared() throws Exception {
        assertThat(told(() -> picture(8, 6)))
                .hasMessageContaining("photo.flat.safetensors: it is written, but not what goes");
        assertThat(kernfield.engine().open(directory.resolve("photo.flat.safetensors")))
                .isNotNull();
    }

    @Test
    void theModelIsKeptWhereItsPlaceHasGone() throws Exception {
        Path place = Files.createDirectory(directory.resolve("results"));
        Path kept = home.resolve("kept").resolve("photo-1.safetensors");
        assertThat(told(() -> Files.delete(place), "--out", "results/m.safetensors"))
                .hasMessageContaining("the model is kept in " + kept);
        assertThat(kernfield.engine().open(kept)).isNotNull();
    }

    @Test
    void drawsWhatARunningFitHasComeTo() throws Exception {
        run("fit", "photo.png", "--seconds", "7", "--preview", "1");
        Path preview = directory.resolve("photo.flat.preview.png");
        assertThat(kernfield.engine().read(preview, Image.class).width()).isEqualTo(16);
    }

    @Test
    void aModelIsNotCalledLikeAPicture() {
        assertThatThrownBy(() -> run("fit", "photo.png", "--steps", "1", "--out", "other.png"))
                .hasMessageContaining("other.png: a model is no such file");
    }

    @Test
    void aFileThatNobodyAskedToReplaceIsNoObstacle() throws Exception {
        Files.createDirectory(directory.resolve("model.safetensors"));
        run("fit", "photo.png", "--steps", "1");
        assertThat(directory.resolve("photo.flat.safetensors")).exists();
    }
}
