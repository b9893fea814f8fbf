package org.kernfield.splat.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kernfield.scene.Splats;

import java.util.Map;

class AttributeExpressionTest {
    /**
     * At (1, 2, −3), opacity ½, deviations e⁻¹, 1 and e, colour (0.5, 1, 0), further property 7.
     */
    private static Splats one() {
        float step = (float) (0.5 / Splats.SH_0);
        return new Splats(
                0,
                new float[] {1, 2, -3},
                new float[] {-1, 0, 1},
                new float[] {1, 0, 0, 0},
                new float[] {0},
                new float[] {0, step, -step},
                Map.of("label", new float[] {7}));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x == 1 and y == 2 and z == -3; true",
                "opacity == 0.5; true",
                "scale > 2.71 and scale < 2.72; true",
                "scale_min > 0.367 and scale_min < 0.368; true",
                "scale_x == scale_min && scale_z == scale; true",
                "volume == 1; true",
                "red == 0.5 and green > 0.999 and blue < 1e-3; true",
                "label >= 7; true",
                "index == 0; true",
                "x + y * 2 == 5; true",
                "(x + y) * 2 == 6; true",
                "-y^2 == -4; true",
                "2^3^2 == 512; true",
                "8 / 4 / 2 == 1; true",
                "5 - 2 - 1 == 2; true",
                "x == 0 and y == 0 or z == -3; true",
                "x == 0 and (y == 0 or z == -3); false",
                "not x == 1 or y == 2; true",
                "!(x == 1 || y == 2); false",
                "min(x, y) == 1 and max(x, y) == 2; true",
                "abs(z) == 3 and floor(1.5) == 1 and sqrt(4) == 2; true",
                "exp(log(2)) > 1.999 and cos(0) == 1 and sin(0) == 0; true",
                "x != 1; false",
                "x <= 1 and x >= 1; true"
            })
    void holdsWhereItShould(String text, boolean expected) {
        assertThat(AttributeExpression.parse(text, one()).test(0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "opacty > 0.1; column 1: 'opacty' is no attribute; did you mean opacity?",
                "x > 1 and scael < 2; column 11: 'scael' is no attribute; did you mean scale?",
                "x; column 1: a number where a condition is needed; compare it",
                "x + (y > 1) > 2; column 5: a condition where a number is needed; combine",
                "x > 1 y < 2; column 7: 'y' after the end; join",
                "x = 1; column 3: '=' is no part of an expression; write ==",
                "(x > 1; column 7: the end where ')' is needed; add it",
                "x >; column 4: the end where a number, an attribute or '(' is needed; add it",
                "sqr(x) > 1; column 1: 'sqr' is no function; did you mean sqrt?",
                "min(x) > 1; column 6: ')' where ',' is needed; add it",
                "x > 1 $; column 7: '$' is no part of an expression; remove it"
            },
            quoteCharacter = '"')
    void mistakesAreShownWithTheirPlace(String text, String place, String remedy) {
        assertThatThrownBy(() -> AttributeExpression.parse(text, one()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expression '" + text + "', " + place)
                .hasMessageContaining("; " + remedy);
    }

    @Test
    void anAbsurdlyDeepTextIsRefused() {
        assertThatThrownBy(() -> AttributeExpression.parse("(".repeat(100_000), one()))
                .hasMessageContaining("more than 1000 words");
        String deep = "(".repeat(400) + "x" + ")".repeat(400) + " > 0";
        assertThat(AttributeExpression.parse(deep, one()).test(0)).isTrue();
    }
}
