package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.JobState;
import org.kernfield.field.Fit;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Setting;
import org.kernfield.field.Settings;
import org.kernfield.field.Task;
import org.kernfield.field.TaskReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What happens on a backend while an input is still being read. */
class RehearsalTest {
    private static final Image MADE_UP = new Image(1, 2, 1, new float[2]);

    @TempDir Path home;
    private final CountDownLatch rehearsed = new CountDownLatch(1);
    private final Named backend = new Named("one", 0);
    private FieldEngine engine;

    /** Blobs with a rehearsal. */
    private final class Rehearsed extends AlteredBlobs {
        private final boolean isBroken;

        Rehearsed(boolean isBroken) {
            super(new Blobs());
            this.isBroken = isBroken;
        }

        @Override
        public Task rehearsal() {
            return new ImageTask(MADE_UP);
        }

        @Override
        public Fit begin(Task task, Settings settings) {
            if (((ImageTask) task).image() == MADE_UP) {
                rehearsed.countDown();
                if (isBroken) {
                    throw new IllegalStateException("no such rehearsal");
                }
            }
            return super.begin(task, settings);
        }
    }

    /** Reads nothing until the rehearsal has begun. */
    private final class Patient implements TaskReader {
        @Override
        public String name() {
            return "image";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of();
        }

        @Override
        public boolean accepts(Path input) {
            return true;
        }

        @Override
        public Task read(Path input, Settings settings) throws IOException {
            try {
                if (!rehearsed.await(20, TimeUnit.SECONDS)) {
                    throw new IOException(input + ": nothing was rehearsed");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return Samples.ramp();
        }
    }

    @BeforeEach
    void open() {
        engine = new FieldEngine(home.resolve("home"));
        engine.add(backend);
        engine.add(new Patient());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private JobState fitted() throws Exception {
        Path input = Files.writeString(home.resolve("a.patient"), "patience");
        return engine.submit(FitRequest.of(input).steps(2L)).await().state();
    }

    @Test
    void beginsWhileTheInputIsRead() throws Exception {
        engine.add(new Rehearsed(false));
        assertThat(fitted()).isEqualTo(JobState.DONE);
    }

    @Test
    void leavesItToTheFitToSayWhatIsWrong() throws Exception {
        engine.add(new Rehearsed(true));
        assertThat(fitted()).isEqualTo(JobState.DONE);
    }

    @Test
    void givesBackWhatItHeld() throws Exception {
        var representation = new Rehearsed(false);
        engine.add(representation);
        fitted();
        engine.remove(representation);
        engine.remove(backend);
        assertThat(engine.overrun()).isEmpty();
        assertThat(backend.open.get()).isZero();
    }
}
