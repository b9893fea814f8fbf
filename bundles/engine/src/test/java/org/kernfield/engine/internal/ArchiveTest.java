package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Policy;
import org.kernfield.engine.Wish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What is kept of a job while its disk fails and after it has ended. */
class ArchiveTest {
    @TempDir Path home;

    private Archive archive() throws Exception {
        return new Archive(new JobStore(home).create("waves.png"), "", null);
    }

    private FitJob job(Archive archive) {
        Path input = home.resolve("waves.png");
        var order =
                new Order(
                        input,
                        Samples.ramp(),
                        "blobs",
                        1,
                        Map.of(),
                        3L,
                        null,
                        false,
                        7,
                        1,
                        0,
                        null,
                        Policy.BEST,
                        null);
        return new FitJob("waves-1", order, Plugins.none(), Grants.ofMachine(), archive, null, 0);
    }

    @Test
    void aDiskThatWasFullForAWhileIsForgiven() throws Exception {
        Archive archive = archive();
        FitJob job = job(archive);
        Path place = home.resolve("jobs").resolve("waves-1");
        Path away = home.resolve("away");
        Files.move(place, away);
        archive.note(job);
        assertThat(archive.stopped(job)).contains("nothing of it is kept");
        Files.move(away, place);
        archive.note(job);
        assertThat(archive.stopped(job)).contains("resume with");
    }

    @Test
    void nothingIsWrittenOnceTheJobHasEnded() throws Exception {
        Archive archive = archive();
        FitJob job = job(archive);
        job.ask(Wish.cancel());
        job.awaitBegun();
        Path record = home.resolve("jobs").resolve("waves-1").resolve("job.properties");
        while (!job.isOver()) {
            Thread.onSpinWait();
        }
        Files.delete(record);
        archive.note(job);
        assertThat(record).doesNotExist();
    }
}
