package org.kernfield.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

class JsonTest {
    private record Point(double x, String label) {}

    @Test
    void writesFieldsInTheirOrder() {
        assertThat(Json.write(Facts.map("b", 1, "a", List.of(true, "x"))))
                .isEqualTo("{\"b\": 1, \"a\": [true, \"x\"]}");
    }

    @Test
    void writesWhatIsNotFiniteAsNull() {
        assertThat(Json.write(Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, 2.5f, null)))
                .isEqualTo("[null, null, 2.5, null]");
    }

    @Test
    void escapesControlsQuotesAndLoneSurrogates() {
        assertThat(Json.write("a\"\\\n\u0001\ud800é😀"))
                .isEqualTo("\"a\\\"\\\\\\n\\u0001\\ud800é😀\"");
    }

    @Test
    void writesRecordsByTheirComponents() {
        assertThat(Json.write(Map.of("p", new Point(0.5, "here"))))
                .isEqualTo("{\"p\": {\"x\": 0.5, \"label\": \"here\"}}");
    }
}
