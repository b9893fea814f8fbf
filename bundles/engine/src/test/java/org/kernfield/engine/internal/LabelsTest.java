package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

/** What a model's metadata tells of the settings that it was fitted with. */
class LabelsTest {
    @TempDir Path directory;

    @Test
    void saysNothingOfWhereResultsGo() {
        var settings =
                Map.of(
                        "writeTestViews", directory.resolve("views").toString(),
                        "points", directory.resolve("start.ply").toString(),
                        "cap", "200");
        assertThat(Labels.portable(settings))
                .isEqualTo(Map.of("points", "start.ply", "cap", "200"));
    }
}
