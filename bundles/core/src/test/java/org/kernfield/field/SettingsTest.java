package org.kernfield.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

class SettingsTest {
    private static final Setting<Long> KERNELS =
            Setting.integer("kernels", null, 1, 1_000_000, "", "How many kernels.");
    private static final Setting<Double> SECONDS =
            Setting.number("seconds", 20.0, 0, 86_400, "s", "How long to fit.");
    private static final Setting<Boolean> SOLVE =
            Setting.flag("solve", true, "Whether colours are solved for.");
    private static final Setting<String> PROFILE =
            Setting.choice("profile", "gaussian", List.of("gaussian", "wendland"), "Shape.");
    private static final List<Setting<?>> ALL = List.of(KERNELS, SECONDS, SOLVE, PROFILE);

    @Test
    void defaultsApplyWhereNothingIsGiven() {
        var settings = Settings.of(ALL, Map.of());
        assertThat(settings.get(SECONDS)).isEqualTo(20);
        assertThat(settings.get(KERNELS)).isNull();
        assertThat(settings.isGiven(SECONDS)).isFalse();
    }

    @Test
    void textsAreRead() {
        var given = Map.of("kernels", " 500 ", "seconds", "2.5", "solve", "off");
        var settings = Settings.of(ALL, given);
        assertThat(settings.get(KERNELS)).isEqualTo(500);
        assertThat(settings.get(SECONDS)).isEqualTo(2.5);
        assertThat(settings.get(SOLVE)).isFalse();
        assertThat(settings.given()).isEqualTo(given);
    }

    @ParameterizedTest
    @CsvSource({"kernel,kernels", "Seconds,seconds", "secnods,seconds", "profle,profile"})
    void unknownNamesSuggestTheNearest(String given, String meant) {
        assertThatThrownBy(() -> Settings.of(ALL, Map.of(given, "1")))
                .isInstanceOf(SettingException.class)
                .hasMessage(given + ": unknown setting; did you mean " + meant + "?");
    }

    @Test
    void unknownNameFarFromAllListsThem() {
        assertThatThrownBy(() -> Settings.of(ALL, Map.of("temperature", "1")))
                .hasMessageContaining("use one of kernels, seconds, solve, profile");
    }

    @Test
    void nothingToSuggestSaysSo() {
        assertThatThrownBy(() -> Settings.of(List.of(), Map.of("x", "1")))
                .hasMessageContaining("there is none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1000001", "-5"})
    void outOfRangeNamesTheRange(String text) {
        assertThatThrownBy(() -> Settings.of(ALL, Map.of("kernels", text)))
                .isInstanceOf(SettingException.class)
                .hasMessage("kernels = " + text + ": out of range; use 1 to 1000000");
    }

    @Test
    void outOfRangeNamesTheUnit() {
        assertThatThrownBy(() -> SECONDS.parse("1e300")).hasMessageContaining("to 86400.0 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "1.5", "", "99999999999999999999", "NaN"})
    void nonWholeNumbersAreRefused(String text) {
        assertThatThrownBy(() -> KERNELS.parse(text))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("not a whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"long", "", "NaN", "1,5"})
    void nonNumbersAreRefused(String text) {
        assertThatThrownBy(() -> SECONDS.parse(text))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("not a number");
    }

    @Test
    void choicesAndFlagsSayWhatIsAllowed() {
        assertThatThrownBy(() -> PROFILE.parse("matern"))
                .hasMessageContaining("use one of [gaussian, wendland]");
        assertThatThrownBy(() -> SOLVE.parse("maybe")).hasMessageContaining("use true or false");
    }

    @Test
    void editDistanceIsLevenshteins() {
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("PSNR", "psnr")).isZero();
    }
}
