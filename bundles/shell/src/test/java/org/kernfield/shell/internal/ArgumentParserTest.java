package org.kernfield.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.field.Setting;
import org.kernfield.field.SettingException;

import java.nio.file.Path;
import java.util.List;

class ArgumentParserTest {
    private static final Option STEPS = Option.integer("steps", "N", 1, "Number of steps");
    private static final Option QUIET = Option.flag("quiet", "Say little");
    private static final Option OUT = Option.text("out", "FILE", Wants.FILE, "What to write");

    /** Takes one operand, two options and the settings {@code kernels} and {@code fast}. */
    private static final Verb VERB =
            new Verb() {
                @Override
                public String name() {
                    return "draw";
                }

                @Override
                public String summary() {
                    return "Draw";
                }

                @Override
                public List<Operand> operands() {
                    return List.of(Operand.required("INPUT", Wants.FILE));
                }

                @Override
                public List<Option> options() {
                    return List.of(STEPS, OUT, QUIET, Option.SET);
                }

                @Override
                public List<Setting<?>> settings(String representation) {
                    return List.of(
                            Setting.integer("kernels", 10L, 1, 1000, "", "Number of kernels"),
                            Setting.flag("fast", false, "Be quick"));
                }

                @Override
                public Reply run(Arguments arguments, Console console) {
                    throw new UnsupportedOperationException();
                }
            };

    private static Arguments parse(String... words) {
        return ArgumentParser.parse(VERB, List.of(words), Path.of(""));
    }

    @Test
    void readsOptionsInBothForms() {
        var arguments = parse("--out=a=b.png", "in.png", "--steps", "7");
        assertThat(arguments.operands()).containsExactly("in.png");
        assertThat(arguments.text(OUT)).contains("a=b.png");
        assertThat(arguments.value(STEPS, Long.class)).isEqualTo(7L);
    }

    @Test
    void readsSettingsAsOptionsAndBySet() {
        var arguments = parse("in.png", "--set", "kernels=5", "--fast");
        assertThat(arguments.settings())
                .containsEntry("kernels", "5")
                .containsEntry("fast", "true");
    }

    @Test
    void takesNegativeNumbersAsValues() {
        assertThat(parse("in.png", "--kernels", "-5").settings()).containsEntry("kernels", "-5");
    }

    @Test
    void takesEverythingAfterTwoDashesAsOperand() {
        assertThat(parse("--", "--steps").operands()).containsExactly("--steps");
    }

    @Test
    void namesOptionAndValueThatAreOutOfRange() {
        assertThatThrownBy(() -> parse("in.png", "--steps", "-5").value(STEPS, Long.class))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("steps")
                .hasMessageContaining("-5");
    }

    @Test
    void suggestsTheNearestOption() {
        assertUsage("--stepps: unknown option of draw; did you mean --steps?", "a", "--stepps=1");
    }

    @Test
    void suggestsTheNearestSetting() {
        assertUsage("kernals: unknown setting; did you mean kernels?", "a", "--set", "kernals=5");
    }

    @Test
    void refusesAMissingOperand() {
        assertUsage(
                "draw: INPUT is missing; write ./kernfield draw INPUT [--steps N] [--out FILE]"
                        + " [--quiet] [--set NAME=VALUE]… [--json]");
    }

    @Test
    void refusesAnOperandTooMany() {
        assertThatThrownBy(() -> parse("a", "b"))
                .hasMessageStartingWith("b: one argument too many");
    }

    @Test
    void refusesAMissingValue() {
        assertThatThrownBy(() -> parse("a", "--out"))
                .hasMessageStartingWith("--out: needs a value");
    }

    @Test
    void refusesWhatIsGivenTwice() {
        assertUsage("--out: given twice; give it once", "a", "--out", "b", "--out", "c");
    }

    @Test
    void needsNoOperandsForHelp() {
        assertThat(parse("-h").has(Option.HELP)).isTrue();
    }

    @Test
    void takesAFlagThatIsFalseAsNotGiven() {
        assertThat(parse("a", "--quiet").has(QUIET)).isTrue();
        assertThat(parse("a", "--quiet=true").has(QUIET)).isTrue();
        assertThat(parse("a", "--quiet=false", "--json=false").options()).isEmpty();
        assertUsage("--quiet=banana: neither true nor false; write --quiet", "a", "--quiet=banana");
    }

    @Test
    void seesThatJsonIsAskedForInWhatItCannotRead() {
        assertThat(ArgumentParser.asksForJson(List.of("a", "--odd", "--json"))).isTrue();
        assertThat(ArgumentParser.asksForJson(List.of("--json=true"))).isTrue();
        assertThat(ArgumentParser.asksForJson(List.of("--json=false"))).isFalse();
        assertThat(ArgumentParser.asksForJson(List.of("--", "--json"))).isFalse();
    }

    private static void assertUsage(String message, String... words) {
        assertThatThrownBy(() -> parse(words))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.status()).isEqualTo(Failure.USAGE))
                .hasMessage(message);
    }
}
