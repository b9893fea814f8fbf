package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class CvReportTest {
    private static String text(double... errors) {
        List<FoldScore> folds =
                java.util.Arrays.stream(errors)
                        .mapToObj(rmse -> new FoldScore(0, 9, 1, rmse, 1, 0.9, 0.5, -3, 0.1))
                        .toList();
        return new CvReport("a.csv", folds).text();
    }

    @Test
    void saysThatNothingWasLearntWhereTheMeanDoesAsWell() {
        assertThat(text(1.2, 0.9)).contains("nothing was learnt");
        assertThat(text(1)).contains("nothing was learnt");
        assertThat(text(0.4, 0.9)).doesNotContain("nothing was learnt");
    }

    @Test
    void saysNothingOfAnErrorThatIsNotKnown() {
        assertThat(text(Double.NaN, 0.9)).doesNotContain("nothing was learnt");
    }
}
