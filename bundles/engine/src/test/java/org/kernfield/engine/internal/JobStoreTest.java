package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Array;
import org.kernfield.engine.JobStatus;
import org.kernfield.field.State;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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

    @Test
    void whatAKilledProcessLeftHalfWrittenIsRemoved() throws Exception {
        var store = new JobStore(home);
        Path left;
        try (JobFiles files = store.create("waves.png")) {
            files.writeRecord(Map.of("state", "RUNNING", "inputKind", "file"));
            left = home.resolve("jobs").resolve(files.id());
        }
        Path partial = left.resolve(".state.safetensors123.part");
        Files.createFile(partial);
        store.reopen(left.getFileName().toString()).close();
        assertThat(partial).doesNotExist();
        try (JobFiles live = store.reopen(left.getFileName().toString())) {
            Files.createFile(partial);
            store.create("other.png").close();
            assertThat(partial).as("of %s, which runs", live.id()).exists();
        }
        store.create("other.png").close();
        assertThat(partial).doesNotExist();
        assertThat(left.resolve("job.properties")).exists();
    }

    @Test
    void aDirectoryThatNeverHadARecordIsRemovedOnceItIsOld() throws Exception {
        var store = new JobStore(home);
        Path fresh = Files.createDirectories(home.resolve("jobs").resolve("fresh-1"));
        Path old = Files.createDirectories(home.resolve("jobs").resolve("old-1"));
        Files.createFile(old.resolve("lock"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(120)));
        store.create("waves.png").close();
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }

    /** Whoever only looks whether a job runs holds its lock for a moment. */
    @Test
    void aGlanceOfAnotherIsWaitedFor() throws Exception {
        var store = new JobStore(home);
        String id;
        try (JobFiles files = store.create("waves.png")) {
            id = files.id();
        }
        JobFiles glance = JobFiles.lock(home.resolve("jobs").resolve(id));
        Thread looking =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try (glance) {
                                        Thread.sleep(200);
                                    } catch (Exception e) {
                                        throw new IllegalStateException(e);
                                    }
                                });
        store.reopen(id).close();
        looking.join();
    }

    @Test
    void aRecordOfAnotherVersionIsPassedOver() throws Exception {
        var store = new JobStore(home);
        try (JobFiles files = store.create("frozen.png")) {
            files.writeRecord(Map.of("state", "FROZEN", "inputKind", "file"));
        }
        try (JobFiles files = store.create("odd.png")) {
            files.writeRecord(Map.of("state", "DONE", "inputKind", "file", "step", "many"));
        }
        end(store.create("waves.png"), 1);
        try (var engine = new FieldEngine(home)) {
            assertThat(engine.jobs()).extracting(JobStatus::id).containsExactly("waves-1");
        }
        assertThat(store.has("frozen-1")).isTrue();
    }
}
