package org.kernfield.nd4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.internal.FieldEngine;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Representation;
import org.kernfield.numerics.ImageMetrics;

import java.nio.file.Path;
import java.util.ServiceLoader;

/** A fit begins on ND4J, loses it, goes on on the processor and comes back. */
class MovingTest {
    private static final int STEPS = 60;

    @TempDir Path home;

    private static Image picture() {
        int side = 32;
        var values = new float[side * side * 3];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                for (int c = 0; c < 3; c++) {
                    values[(y * side + x) * 3 + c] =
                            (float) (0.5 + 0.4 * Math.sin(0.3 * x + c) * Math.cos(0.2 * y));
                }
            }
        }
        return new Image(side, side, 3, values);
    }

    private static Representation rbf() {
        return ServiceLoader.load(Representation.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(r -> r.name().equals("rbf"))
                .findFirst()
                .orElseThrow();
    }

    private FieldEngine engine(String name) {
        var engine = new FieldEngine(home.resolve(name));
        engine.add(rbf());
        return engine;
    }

    private static void await(Job job, long step) throws InterruptedException {
        while (job.status().step() < step && job.status().state() != JobState.DONE) {
            Thread.sleep(1);
        }
    }

    private static double psnr(FieldEngine engine, Job job) throws Exception {
        Image picture = picture();
        Image drawn = engine.open(job.result()).render(picture.width(), picture.height());
        return ImageMetrics.psnr(picture, drawn.clipped());
    }

    @Test
    void endsWithinAHundredthOfADecibel() throws Exception {
        var nd4j = new Nd4jBackend();
        double moved;
        var cpu = new CpuBackend();
        try (var engine = engine("moved")) {
            engine.add(nd4j);
            Job job = engine.submit(request().on("nd4j"));
            await(job, STEPS / 4);
            engine.add(cpu);
            engine.remove(nd4j);
            await(job, STEPS / 2);
            engine.add(nd4j);
            assertThat(job.await().state()).isEqualTo(JobState.DONE);
            assertThat(String.join("\n", job.log()))
                    .contains("nd4j → cpu (service withdrawn)")
                    .contains("cpu → nd4j");
            moved = psnr(engine, job);
        }
        double still;
        try (var engine = engine("still")) {
            engine.add(cpu);
            Job job = engine.submit(request());
            job.await();
            still = psnr(engine, job);
        }
        cpu.close();
        assertThat(moved).isCloseTo(still, Offset.offset(0.01));
    }

    private static FitRequest request() {
        return FitRequest.of(new ImageTask(picture())).as("rbf").steps((long) STEPS).seed(5);
    }
}
