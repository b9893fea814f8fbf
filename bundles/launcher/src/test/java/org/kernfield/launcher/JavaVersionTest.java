package org.kernfield.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaVersionTest {

    @ParameterizedTest
    @ValueSource(strings = {"25", "25.0.1", "25.0.2+10"})
    void advisesAgainstVersionsThatCorruptPinnedArrays(String version) {
        assertThat(JavaVersion.advice(Runtime.Version.parse(version)))
                .hasValueSatisfying(advice -> assertThat(advice).contains("JDK-8377811", "25.0.3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"25.0.3+9-LTS", "25.0.4", "26", "26-ea+12"})
    void isSilentAboutSoundVersions(String version) {
        assertThat(JavaVersion.advice(Runtime.Version.parse(version))).isEmpty();
    }

    @Test
    void advisesInOneLine() {
        var advice = JavaVersion.advice(Runtime.Version.parse("25")).orElseThrow();
        assertThat(advice).doesNotContain("\n").doesNotStartWith("kernfield: ");
    }
}
