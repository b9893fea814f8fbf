package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Array;
import org.kernfield.field.State;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

class JobStoreTest {
    @TempDir Path home;

    /** More than are kept, so that each call also removes old ones. */
    @Test
    void jobsThatAreMadeAtTheSameTimeHaveDirectoriesOfTheirOwn() throws Exception {
        var store = new JobStore(home);
        var ids = ConcurrentHashMap.<String>newKeySet();
        for (int k = 0; k < 110; k++) {
            end(store.create("waves.png"), k);
        }
        var held = new ConcurrentLinkedQueue<JobFiles>();
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int k = 0; k < 100; k++) {
            tasks.add(
                    () -> {
                        JobFiles files = store.create("waves.png");
                        held.add(files);
                        return ids.add(files.id());
                    });
        }
        try (var pool = Executors.newFixedThreadPool(4)) {
            for (var isNew : pool.invokeAll(tasks)) {
                assertThat(isNew.get()).isTrue();
            }
        }
        for (JobFiles files : held) {
            assertThat(store.has(files.id())).isTrue();
            files.close();
        }
    }

    private static void end(JobFiles files, int created) throws Exception {
        try (files) {
            files.writeRecord(
                    Map.of(
                            "state", "DONE",
                            "inputKind", "file",
                            "step", "1",
                            "created", Integer.toString(created)));
        }
    }

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
