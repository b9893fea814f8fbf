package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How soon a plugin is live, with the watcher set as distributed. */
@DisabledOnOs(OS.WINDOWS)
class DropFolderTest {
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final int TRIES = 3;

    @TempDir Path temp;

    /** Of several tries the middle one counts. */
    @Test
    void aDroppedPluginIsLiveWithinTwoSecondsAndGoneAsSoon() throws Exception {
        try (var runtime = Runtime.start(temp)) {
            var live = new ArrayList<Duration>();
            var gone = new ArrayList<Duration>();
            for (int k = 0; k < TRIES; k++) {
                long start = System.nanoTime();
                runtime.deployTemplate();
                assertThat(runtime.run("representations", "--json").out()).contains("wendland");
                live.add(Duration.ofNanos(System.nanoTime() - start));

                start = System.nanoTime();
                runtime.undeployTemplate();
                assertThat(runtime.run("representations", "--json").out())
                        .doesNotContain("wendland");
                gone.add(Duration.ofNanos(System.nanoTime() - start));
            }
            System.out.printf("Dropped plugins were live after %s, gone after %s.%n", live, gone);
            assertThat(median(live)).isLessThan(BOUND);
            assertThat(median(gone)).isLessThan(BOUND);
        }
    }

    private static Duration median(List<Duration> tries) {
        return tries.stream().sorted().toList().get(TRIES / 2);
    }
}
