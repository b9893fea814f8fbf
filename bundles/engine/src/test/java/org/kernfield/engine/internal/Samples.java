package org.kernfield.engine.internal;

import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.Wish;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Model;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A small picture and what tests do with its fits. */
final class Samples {
    private Samples() {}

    static ImageTask ramp() {
        var values = new float[9 * 7];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) k / values.length;
        }
        return new ImageTask(new Image(9, 7, 1, values));
    }

    static FitRequest steps(long steps) {
        return FitRequest.of(ramp()).steps(steps).seed(7).threads(1);
    }

    static float[] weights(Model model) {
        return model.array("weights", 1).toFloats();
    }

    /** What an undisturbed fit of as many steps gives. */
    static float[] undisturbed(long steps, java.nio.file.Path home) throws Exception {
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 0));
            engine.add(new org.kernfield.engine.Blobs());
            Job job = engine.submit(steps(steps));
            job.await();
            return weights(job.result());
        }
    }

    /** Stops a job at the end of the step that the gate holds, however long that takes. */
    static void stop(Job job, Gate gate) throws Exception {
        job.ask(Wish.pause());
        gate.open();
        await(job, JobState.PAUSED);
        job.cancel();
        if (job.await().state() != JobState.STOPPED) {
            throw new AssertionError("not STOPPED but " + job.status());
        }
    }

    @SuppressWarnings("try")
    static void await(Job job, JobState state) throws Exception {
        var reached = new CountDownLatch(1);
        try (var listening =
                job.listen(
                        status -> {
                            if (status.state() == state) {
                                reached.countDown();
                            }
                        })) {
            if (job.status().state() != state && !reached.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("not " + state + " but " + job.status());
            }
        }
    }
}
