package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Check;

import java.nio.file.Files;
import java.nio.file.Path;

class ChecksTest {
    @TempDir Path home;

    @Test
    void wantsTheJdkThatMendsPinnedArrays() {
        assertThat(Checks.java(Runtime.Version.parse("25.0.2")).ok()).isFalse();
        assertThat(Checks.java(Runtime.Version.parse("25.0.3")).ok()).isTrue();
        assertThat(Checks.java(Runtime.Version.parse("26")).ok()).isTrue();
    }

    @Test
    void namesARemedyForWhatIsMissing() {
        try (var engine = new FieldEngine(home)) {
            assertThat(engine.checks())
                    .filteredOn(c -> c.check().equals("backends"))
                    .first()
                    .matches(c -> !c.ok() && !c.remedy().isEmpty());
        }
    }

    @Test
    void findsJobsThatWereCutOff() throws Exception {
        Path job = Files.createDirectories(home.resolve("jobs/photo-1"));
        Files.writeString(job.resolve("job.properties"), "state=RUNNING\n");
        try (var engine = new FieldEngine(home)) {
            assertThat(engine.checks())
                    .filteredOn(c -> c.check().equals("jobs"))
                    .extracting(Check::why)
                    .containsExactly("cut off with their process: photo-1");
        }
    }
}
