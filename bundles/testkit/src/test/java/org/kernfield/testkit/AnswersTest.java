package org.kernfield.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;

/** Which answers of two backends count as alike. */
class AnswersTest {
    private static final int NUMBERS = 1000;

    private static Answers values(Array values) {
        var answers = new Answers();
        answers.add("value", values);
        return answers;
    }

    private static Answers picture(Array values) {
        var answers = new Answers();
        answers.addPicture("pixel", values);
        return answers;
    }

    /** A thousand zeros but for one number. */
    private static Array with(double number) {
        var values = new float[NUMBERS];
        values[7] = (float) number;
        return Array.of(1, values);
    }

    @Test
    void roundingIsAlike() {
        assertThatCode(() -> values(with(9e-6)).requireAlike(values(with(0))))
                .doesNotThrowAnyException();
    }

    @Test
    void aPixelOnAThresholdIsAlikeAndAValueIsNot() {
        assertThatCode(() -> picture(with(0.005)).requireAlike(picture(with(0))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> picture(with(0.01)).requireAlike(picture(with(0))))
                .isInstanceOf(AssertionError.class)
                .hasMessage("pixel 7 is 0.009999999776482582, on the reference 0.0");
        assertThatThrownBy(() -> values(with(0.005)).requireAlike(values(with(0))))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("value 7 is 0.00499");
    }

    @Test
    void anAnswerThatOnlyTheReferenceGives() {
        var both = values(with(0));
        both.add("derivative", with(0));
        assertThatThrownBy(() -> values(with(0)).requireAlike(both))
                .isInstanceOf(AssertionError.class)
                .hasMessage("it answers [value], on the reference [value, derivative]");
    }

    @Test
    void moreNumbersThanTheReferenceGives() {
        assertThatThrownBy(() -> values(with(0)).requireAlike(values(Array.of(1, new float[1]))))
                .isInstanceOf(AssertionError.class)
                .hasMessage("value: 1000 × 1 numbers, on the reference 1 × 1");
    }

    @Test
    void aReferenceThatIsNoNumber() {
        Answers infinite = values(with(Double.POSITIVE_INFINITY));
        assertThatThrownBy(() -> values(with(3)).requireAlike(infinite))
                .isInstanceOf(AssertionError.class)
                .hasMessage("value 7 is Infinity on the reference");
    }

    @Test
    void aCovarianceThatIsNotThere() {
        assertThatThrownBy(() -> new Answers().add("covariance", null))
                .isInstanceOf(AssertionError.class)
                .hasMessage("it was asked for a covariance and gave null");
    }
}
