package org.kernfield.shell.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.engine.Check;

import java.util.List;

class NativeAccessTest {
    @Test
    void aPluginThatMayNotCallNativeCodeIsNamedWithTheOption() {
        Check refused = NativeAccess.check(List.of("openblas", "nd4j"), List.of("nd4j"));
        assertThat(refused)
                .isEqualTo(
                        Check.bad(
                                "native access",
                                "not allowed, and needed by nd4j",
                                "start java with --enable-native-access=ALL-UNNAMED"));
        assertThat(NativeAccess.check(List.of("nd4j"), List.of()).ok()).isTrue();
    }
}
