package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.JobStatus;
import org.kernfield.engine.Kernfield;
import org.kernfield.splat.SplatModel;

import java.nio.file.Files;
import java.nio.file.Path;

/** Photographs of instant-ngp's fox, a quarter as large, learned with each kind of splat. */
class PrimitiveTrainingTest {
    private static final Path FOX =
            Path.of("../../../shared/data/nerf/fox").toAbsolutePath().normalize();

    @TempDir Path home;

    private JobStatus trained(Kernfield kernfield, String primitive, long steps) throws Exception {
        Job job =
                kernfield
                        .engine()
                        .submit(
                                FitRequest.of(FOX)
                                        .as("splat")
                                        .steps(steps)
                                        .set("width", 68)
                                        .set("primitive", primitive)
                                        .set("points", FOX.resolve("pts5000.ply"))
                                        .set("cap", 5000)
                                        .set("testViews", "0031.jpg"));
        JobStatus end = job.await();
        assertThat(end.state()).as(end.why()).isEqualTo(JobState.DONE);
        SplatModel model = SplatModel.of(job.result());
        assertThat(model.primitive()).isEqualTo(primitive);
        if (primitive.equals("ges") && steps > 1) {
            double[] spread =
                    java.util.stream.IntStream.range(0, model.attributes().length)
                            .mapToDouble(k -> model.attributes()[k])
                            .sorted()
                            .toArray();
            assertThat(spread).hasSize(model.splats().count());
            assertThat(spread[spread.length - 1] - spread[0]).as("shapes").isGreaterThan(0.1);
        }
        return end;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gaussian", "ges", "surfel"})
    void learnsPhotographs(String primitive) throws Exception {
        assumeTrue(Files.isDirectory(FOX), "no " + FOX + ": training on photographs is not tested");
        try (var kernfield = Kernfield.open(home)) {
            double first = trained(kernfield, primitive, 1).metrics().get("testPsnr");
            JobStatus end = trained(kernfield, primitive, 60);
            assertThat(end.metrics().get("testPsnr")).isGreaterThan(first + 2);
        }
    }
}
