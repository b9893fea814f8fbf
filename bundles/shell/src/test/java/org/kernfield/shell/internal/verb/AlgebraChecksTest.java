package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.engine.Check;
import org.kernfield.engine.Plugin;

import java.util.List;

class AlgebraChecksTest {
    private static Plugin ready(String name, int ranking) {
        return new Plugin(name, "ready", ranking, "dense linear algebra");
    }

    @Test
    void thoseInServiceAreToldInTheirOrder() {
        assertThat(
                        AlgebraChecks.of(
                                List.of(
                                        ready("openblas", 200),
                                        ready("cpu", 100),
                                        ready("reference", -100))))
                .containsExactly(
                        Check.good(
                                "linear algebra",
                                "openblas (200) comes first, then cpu (100), reference (-100)"));
    }

    @Test
    void oneThatIsOutOfServiceIsAFaultAndNotCalledFirst() {
        var lost = new Plugin("openblas", "out of service", 200, "library lost");
        assertThat(AlgebraChecks.of(List.of(lost, ready("cpu", 100))))
                .containsExactly(
                        Check.good("linear algebra", "cpu (100) comes first"),
                        Check.bad(
                                "linear algebra openblas",
                                "out of service: library lost",
                                "restart its plugin, or leave it to the others"));
    }

    @Test
    void noneIsAFault() {
        assertThat(AlgebraChecks.of(List.of()))
                .containsExactly(
                        Check.bad(
                                "linear algebra",
                                "there is none",
                                "start the cpu plugin's bundle"));
    }
}
