package org.kernfield.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class ReportTest {
    @Test
    void aModelKeepsItWhole() {
        var figures = new LinkedHashMap<String, Double>();
        figures.put("condition", 1.25e7);
        figures.put("jitter", 0.0);
        figures.put("residual", Double.NaN);
        var report = new Report(List.of("well\nconditioned", "no jitter"), figures);
        assertThat(report.lines()).containsExactly("well conditioned", "no jitter");
        assertThat(Report.of(report.metadata())).isEqualTo(report);
    }

    @Test
    void aModelWithoutOneHasAnEmptyOne() {
        assertThat(Report.of(Map.of())).isEqualTo(new Report(List.of(), Map.of()));
    }

    @Test
    void brokenFiguresAreTold() {
        var broken = Map.of("reportFigures", "condition=much");
        assertThatThrownBy(() -> Report.of(broken))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("condition=much");
    }
}
