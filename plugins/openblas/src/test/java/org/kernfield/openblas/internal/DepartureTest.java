package org.kernfield.openblas.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Array;
import org.kernfield.cpu.internal.linear.CpuLinearAlgebra;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.JobState;
import org.kernfield.engine.internal.FieldEngine;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.reference.ReferenceBackend;

import java.nio.file.Path;

/** A job goes on in pure Java when OpenBLAS leaves, and on OpenBLAS when that comes. */
class DepartureTest {
    private static final int STEPS = 400;

    @TempDir Path home;

    @Test
    void aJobGoesOnInPureJavaWhenOpenBlasLeaves() throws Exception {
        var openBlas = Found.onThisMachine();
        var solving = new Solving();
        try (var engine = new FieldEngine(home.resolve("moved"))) {
            engine.add(new ReferenceBackend());
            engine.add(new CpuLinearAlgebra());
            engine.add(openBlas.algebra());
            engine.add(solving);
            var job = engine.submit(request());
            while (solving.solvers.size() < 20) {
                Thread.onSpinWait();
            }
            engine.remove(openBlas.algebra());
            openBlas.close();
            assertThat(openBlas.library().isUnmapped()).isTrue();
            assertThat(job.await().state()).isEqualTo(JobState.DONE);
            assertThat(solving.solvers).contains("openblas", "cpu").hasSize(STEPS);
            Array moved = job.result().array("x", 1);
            Array plain = inPureJava();
            double largest = 0;
            for (int i = 0; i < plain.rows(); i++) {
                largest = Math.max(largest, Math.abs(plain.get(i)));
            }
            for (int i = 0; i < plain.rows(); i++) {
                assertThat(moved.get(i)).isCloseTo(plain.get(i), Offset.offset(1e-10 * largest));
            }
        }
    }

    private Array inPureJava() throws Exception {
        try (var engine = new FieldEngine(home.resolve("plain"))) {
            engine.add(new ReferenceBackend());
            engine.add(new CpuLinearAlgebra());
            engine.add(new Solving());
            var job = engine.submit(request());
            job.await();
            return job.result().array("x", 1);
        }
    }

    private static FitRequest request() {
        return FitRequest.of(new ImageTask(new Image(1, 1, 1, new float[1])))
                .as("solving")
                .steps((long) STEPS);
    }
}
