package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/** How soon a plugin is live, with the watcher set as distributed. */
@DisabledOnOs(OS.WINDOWS)
class DropFolderTest {
    private static final Duration BOUND = Duration.ofSeconds(2);

    @TempDir Path temp;

    @Test
    void aDroppedPluginIsLiveWithinTwoSecondsAndGoneAsSoon() throws Exception {
        try (var runtime = Runtime.start(temp)) {
            long start = System.nanoTime();
            runtime.deployTemplate();
            assertThat(runtime.run("representations", "--json").out()).contains("wendland");
            Duration live = Duration.ofNanos(System.nanoTime() - start);

            start = System.nanoTime();
            runtime.undeployTemplate();
            assertThat(runtime.run("representations", "--json").out()).doesNotContain("wendland");
            Duration gone = Duration.ofNanos(System.nanoTime() - start);

            System.out.printf(
                    "A dropped plugin was live after %d ms, a removed one gone after %d ms.%n",
                    live.toMillis(), gone.toMillis());
            assertThat(live).isLessThan(BOUND);
            assertThat(gone).isLessThan(BOUND);
        }
    }
}
