package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Array;
import org.kernfield.field.State;

import java.nio.file.Path;
import java.util.Map;

class JobStoreTest {
    @TempDir Path home;

    /** Killed after the checkpoint was written and before the record was. */
    @Test
    void aRecordOlderThanItsCheckpointTakesTheStepFromThere() throws Exception {
        var store = new JobStore(home);
        try (JobFiles files = store.create("waves.png")) {
            files.writeRecord(
                    Map.of("state", "RUNNING", "inputKind", "file", "step", "0", "spent", "0.5"));
            files.writeState(
                    new State(
                            Map.of("centres", Array.of(2, new float[] {1, 2})),
                            Map.of("engine.step", "7", "engine.spent", "1.5")));
            assertThat(store.list())
                    .singleElement()
                    .satisfies(live -> assertThat(JobRecord.status(live).step()).isZero());
        }
        assertThat(store.list())
                .singleElement()
                .satisfies(
                        ended -> {
                            assertThat(JobRecord.status(ended).step()).isEqualTo(7);
                            assertThat(JobRecord.status(ended).seconds()).isEqualTo(1.5);
                        });
    }
}
