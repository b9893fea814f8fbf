package org.kernfield.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class ComplaintTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private void complain(String sentence, String... args) {
        new Complaint(sentence)
                .print(
                        args,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    @Test
    void givesScriptsOneObjectThatTheyCanRead() {
        complain("C:\\home: the \"cache\"\n is\tfull, 3 \u00d7; look", "jobs", "--json");
        assertThat(text(out))
                .isEqualToNormalizingNewlines(
                        "{\"error\": \"C:\\\\home: the \\\"cache\\\" is\\u0009full, 3 \\u00d7;"
                                + " look\"}\n");
        assertThat(text(err))
                .isEqualToNormalizingNewlines(
                        "kernfield: C:\\home: the \"cache\" is\tfull, 3 \u00d7; look\n");
    }

    @Test
    void givesPeopleOnlyTheLine() {
        complain("a: b; c", "jobs", "--json=false", "--", "--json");
        assertThat(text(out)).isEmpty();
        assertThat(text(err)).isEqualToNormalizingNewlines("kernfield: a: b; c\n");
    }
}
