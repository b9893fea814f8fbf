package org.kernfield.shell.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.engine.Check;

import java.util.List;

class FacilitiesTest {
    @Test
    void linearAlgebraIsToldInTheOrderOfItsRank() {
        var cpu = new Facilities.Algebra("cpu", 100);
        var reference = new Facilities.Algebra("reference", -100);
        var openBlas = new Facilities.Algebra("openblas", 200);
        assertThat(Facilities.linearAlgebra(List.of(reference, openBlas, cpu)))
                .isEqualTo(
                        Check.good(
                                "linear algebra",
                                "openblas (200) comes first, then cpu (100), reference (-100)"));
    }

    @Test
    void noLinearAlgebraIsAFault() {
        assertThat(Facilities.linearAlgebra(List.of()).ok()).isFalse();
    }

    @Test
    void aPluginThatMayNotCallNativeCodeIsNamedWithTheOption() {
        Check refused = Facilities.nativeAccess(List.of("openblas", "nd4j"), List.of("nd4j"));
        assertThat(refused)
                .isEqualTo(
                        Check.bad(
                                "native access",
                                "not allowed, and needed by nd4j",
                                "start java with --enable-native-access=ALL-UNNAMED"));
        assertThat(Facilities.nativeAccess(List.of("nd4j"), List.of()).ok()).isTrue();
    }
}
