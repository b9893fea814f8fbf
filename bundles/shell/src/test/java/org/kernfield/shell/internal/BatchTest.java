package org.kernfield.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

class BatchTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Batch.Runner runner, String... vector) {
        var console =
                Console.plain(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return Batch.run(List.of(vector), runner, console);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsTheReply() {
        assertThat(run((verb, words) -> verb + words, "fit", "a b", "--json")).isZero();
        assertThat(text(out)).isEqualToNormalizingNewlines("fit[a b, --json]\n");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void printsOneErrorLineAndOneObject() {
        int status =
                run(
                        (verb, words) -> {
                            throw Failure.refused("a.png", "no\nsuch \"file\"", "look");
                        },
                        "fit",
                        "--json");
        assertThat(status).isEqualTo(1);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("kernfield: a.png: no such \"file\"; look\n");
        assertThat(text(out))
                .isEqualToNormalizingNewlines(
                        "{\"error\": \"a.png: no such \\\"file\\\"; look\"}\n");
    }

    @Test
    void printsOneObjectWhateverIsThrown() {
        int status =
                run(
                        (verb, words) -> {
                            throw new StackOverflowError();
                        },
                        "fit",
                        "--json=true");
        assertThat(status).isEqualTo(1);
        assertThat(text(err)).startsWith("kernfield: fit: ").contains("StackOverflowError");
        assertThat(text(out).lines())
                .singleElement()
                .asString()
                .startsWith("{\"error\": \"fit: java.lang.StackOverflowError; ");
    }

    @Test
    void keepsStandardOutputEmptyWithoutJson() {
        run(
                (verb, words) -> {
                    throw new IllegalStateException("broken");
                },
                "fit");
        assertThat(text(out)).isEmpty();
        assertThat(text(err)).startsWith("kernfield: fit: ").contains("broken");
    }

    @Test
    void tellsWrongUsageByStatusTwo() {
        assertThat(
                        run(
                                (verb, words) -> {
                                    throw Dispatcher.unknown(verb, List.of("fit", "render"));
                                },
                                "rendr"))
                .isEqualTo(2);
        assertThat(text(err)).contains("did you mean render?");
    }

    @Test
    void helpsWhenNothingIsGiven() {
        assertThat(run((verb, words) -> verb)).isZero();
        assertThat(text(out)).startsWith("help");
    }
}
