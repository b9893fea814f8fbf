package org.kernfield.io.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

class JsonTest {
    @Test
    void readsWhatPythonWritesForNumbersThatAreNoneWhereAsked() {
        assertThat(Json.parseOfPython("[NaN, Infinity, -Infinity, -1]"))
                .isEqualTo(
                        List.of(
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY,
                                -1L));
        assertThatThrownBy(() -> Json.parse("[NaN]")).hasMessageContaining("not a value");
        assertThatThrownBy(() -> Json.parse("[-Infinity]")).hasMessageContaining("not a value");
    }

    @Test
    void parsesEveryKindOfValue() {
        String text = " {\"a\" : [1, -2.5e1, true, null, \"x\\u00e9\\n\"], \"b\": {}} ";
        var items = Arrays.asList(1L, -25.0, true, null, "xé\n");
        assertThat(Json.parse(text)).isEqualTo(Map.of("a", items, "b", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "01",
                "1.",
                ".5",
                "+1",
                "nul",
                "'a'",
                "\"a",
                "1 2",
                "{\"a\":1,\"a\":2}",
                "\"\\x\"",
                "\"\n\"",
                "[1 2]",
                "{a:1}",
                "-",
                "\"\\u12g4\""
            })
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void quotesSoThatItReadsBack() {
        String awkward = "a\"\\\n\t\r\0é𝄞/";
        assertThat(Json.parse(Json.quote(awkward))).isEqualTo(awkward);
        assertThat(Json.quote(awkward)).matches("\\p{ASCII}*");
    }

    @Test
    void keepsLargeIntegersExactly() {
        assertThat(Json.parse("[9007199254740993]")).isEqualTo(List.of(9007199254740993L));
    }
}
