package org.kernfield.shell.internal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Job;
import org.kernfield.engine.Kernfield;
import org.kernfield.engine.Setbacks;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What counts as an error of moves; the bundle itself stays where it is. */
class CourseTest {
    private static final String BACKEND = "reference";
    private static final Consumer<String> SILENT = line -> {};

    @TempDir Path home;
    private Kernfield kernfield;

    @BeforeEach
    void open() {
        kernfield = Kernfield.open(home);
    }

    @AfterEach
    void close() {
        kernfield.close();
    }

    private record Bundle(Runnable onMove) implements Movable {
        @Override
        public void stop() {
            onMove.run();
        }

        @Override
        public void start() {
            onMove.run();
        }

        @Override
        public void restart(Restart way) {
            onMove.run();
        }

        @Override
        public int leakedLoaders() {
            return 0;
        }
    }

    private Job fit() throws IOException {
        var picture = new Image(2, 1, 1, new float[] {0.2f, 0.4f});
        return kernfield.engine().submit(FitRequest.of(new ImageTask(picture)).steps(1L << 50));
    }

    private static Course moved(Job job, Runnable onMove) throws InterruptedException {
        var course = new Course(job, 1, new Bundle(onMove), BACKEND, List.of(BACKEND), SILENT);
        course.run();
        return course;
    }

    @Test
    void movesThatSucceedAreNoErrors() throws Exception {
        Course course = moved(fit(), () -> {});
        course.giveUp();
        assertThat(course.isWhole()).isTrue();
        assertThat(course.errors()).isZero();
        assertThat(course.setbacks()).isEqualTo(Setbacks.NONE);
    }

    @Test
    void aMoveThatFailsIsOne() throws Exception {
        Course course =
                moved(
                        fit(),
                        () -> {
                            throw new IllegalStateException("no such bundle");
                        });
        course.giveUp();
        assertThat(course.errors()).isOne();
    }

    @Test
    void aFitThatSomebodyElseStopsIsOne() throws Exception {
        Job job = fit();
        Course course = moved(job, job::cancel);
        course.finish();
        assertThat(course.errors()).isOne();
    }
}
