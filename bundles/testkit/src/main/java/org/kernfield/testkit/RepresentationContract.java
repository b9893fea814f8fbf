package org.kernfield.testkit;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kernfield.backend.Backend;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Representation;
import org.kernfield.field.Task;
import org.kernfield.reference.ReferenceBackend;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The contract of representations for JUnit 5; a subclass says which one. */
public abstract class RepresentationContract {
    private static final int WIDTH = 24;
    private static final int HEIGHT = 18;

    /** The representation to be tested. */
    protected abstract Representation representation();

    /** What a user would set, small enough for the float64 interpreter. */
    protected abstract Map<String, String> settings();

    /** Steps of a fit, at least 2. */
    protected int steps() {
        return 6;
    }

    /** A small task; a picture of 24 × 18 pixels unless told. */
    protected Task task() {
        return new ImageTask(picture(WIDTH, HEIGHT, 3));
    }

    /** Tasks that must go without complaint; pictures of one pixel, one row and one colour. */
    protected List<Task> awkwardTasks() {
        return List.of(
                new ImageTask(picture(1, 1, 3)),
                new ImageTask(picture(1, 40, 1)),
                new ImageTask(new Image(12, 9, 1, constant(12 * 9, 0.5f))));
    }

    /** The backends it is run on besides the reference. */
    protected List<Backend> backends() {
        return List.of();
    }

    /** A picture with smooth parts and an edge. */
    protected static Image picture(int width, int height, int channels) {
        var values = new float[width * height * channels];
        for (int k = 0; k < values.length; k++) {
            double x = (k / channels % width + 0.5) / width;
            double y = (k / channels / width + 0.5) / height;
            double smooth = 0.5 + 0.3 * Math.sin(6 * x + k % channels) * Math.cos(4 * y);
            values[k] = (float) (x + y < 0.8 ? smooth : 0.8 * smooth + 0.1);
        }
        return new Image(width, height, channels, values);
    }

    private static float[] constant(int length, float value) {
        var values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    private RepresentationChecks checks() {
        return new RepresentationChecks(representation(), task(), settings(), steps());
    }

    private Stream<DynamicTest> onEach(BiConsumer<RepresentationChecks, Backend> check) {
        return Stream.concat(Stream.of(new ReferenceBackend()), backends().stream())
                .map(b -> DynamicTest.dynamicTest(b.name(), () -> check.accept(checks(), b)));
    }

    @Test
    void describesItself() {
        checks().describesItself();
    }

    @Test
    void refusesWhatItHasNotGot() {
        checks().refusesWhatItHasNotGot();
    }

    @TestFactory
    Stream<DynamicTest> repeatsItself() {
        return onEach(RepresentationChecks::repeatsItself);
    }

    @TestFactory
    Stream<DynamicTest> isNotDisturbedByQuestions() {
        return onEach(RepresentationChecks::isNotDisturbedByQuestions);
    }

    @TestFactory
    Stream<DynamicTest> goesOnFromItsState() {
        return onEach(RepresentationChecks::goesOnFromItsState);
    }

    @TestFactory
    Stream<DynamicTest> goesOnWhenItComesAgain() {
        return onEach(RepresentationChecks::goesOnWhenItComesAgain);
    }

    @TestFactory
    Stream<DynamicTest> movesBetweenBackends() {
        return onEach(
                (checks, backend) -> {
                    checks.movesBetweenBackends(backend, new ReferenceBackend());
                    checks.movesBetweenBackends(new ReferenceBackend(), backend);
                });
    }

    @Test
    void givesBackItsMemory() {
        checks().givesBackItsMemory(new ReferenceBackend());
    }

    @TestFactory
    Stream<DynamicTest> opensItsModels() {
        return onEach(RepresentationChecks::opensItsModels);
    }

    @TestFactory
    Stream<DynamicTest> drawsItsValues() {
        return onEach(RepresentationChecks::drawsItsValues);
    }

    @TestFactory
    Stream<DynamicTest> answersAlikeOnEveryBackend() {
        return onEach((checks, backend) -> checks.answersAlike(backend, new ReferenceBackend()));
    }

    @TestFactory
    Stream<DynamicTest> fitsAwkwardTasks() {
        return onEach((checks, backend) -> awkwardTasks().forEach(t -> checks.fits(t, backend)));
    }
}
