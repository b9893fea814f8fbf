package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.Array;
import org.kernfield.engine.Kernfield;
import org.kernfield.field.Model;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Dispatcher;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Verbs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What rendering refuses, with a picture of one colour; scenes are drawn by the distribution. */
class RenderVerbTest {
    @TempDir private Path home;
    @TempDir private Path directory;

    private Kernfield kernfield;
    private Dispatcher verbs;
    private Console console;

    @BeforeEach
    void open() throws IOException {
        kernfield = Kernfield.open(home);
        verbs = Verbs.over(kernfield.engine(), new PlainSurroundings(), (t, f, c) -> {});
        var print = new PrintStream(OutputStream.nullOutputStream());
        console = new Console(print, print, false, () -> 80, directory);
        var model =
                new Model(
                        "flat",
                        1,
                        "image",
                        Map.of("colour", Array.of(3, 0.5f, 0.5f, 0.5f)),
                        Map.of("channels", "3", "width", "4", "height", "3"));
        kernfield.engine().write(model, directory.resolve("flat.safetensors"));
    }

    @AfterEach
    void close() {
        kernfield.close();
    }

    private void render(String options) {
        var words = new ArrayList<>(List.of("flat.safetensors", "--out", "drawn.png"));
        words.addAll(List.of(options.split(" ")));
        verbs.run("render", words, console);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--view 1",
                "--lens fisheye",
                "--channel alpha",
                "--background white",
                "--antialias",
                "--orbit 3",
                "--like flat.safetensors"
            })
    void refusesWhatOnlyScenesHave(String option) {
        assertThatThrownBy(() -> render(option))
                .isInstanceOf(Failure.class)
                .hasMessage(
                        option
                                + ": does not go with this; leave it out, or give a scene of"
                                + " splats");
        assertThat(directory.resolve("drawn.png")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey", "1,1", "0,0,2", "255,255,255", "0,0,-1", "NaN,0,0"})
    void refusesABackgroundThatIsNoColour(String colour) {
        assertThatThrownBy(() -> render("--background " + colour))
                .hasMessage(
                        "--background "
                                + colour
                                + ": not a colour; write white, black or three numbers from 0 to"
                                + " 1, such as 0.5,0.5,1");
    }

    @Test
    void refusesABackgroundBehindWhatHasNone() {
        assertThatThrownBy(() -> render("--channel depth --background black"))
                .hasMessage(
                        "--background black: there is none behind --channel depth; leave one of"
                                + " them out");
    }
}
