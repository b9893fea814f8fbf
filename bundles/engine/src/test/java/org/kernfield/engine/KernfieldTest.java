package org.kernfield.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Array;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;

import java.nio.file.Path;
import java.util.Map;

class KernfieldTest {
    @TempDir Path home;

    @Test
    void fitsEvaluatesAndDifferentiatesInTenLines() throws Exception {
        var picture = new Image(4, 4, 1, new float[16]);
        picture.values()[5] = 1;
        try (var kernfield = Kernfield.open(home)) {
            FieldHandle field =
                    kernfield.fit(
                            FitRequest.of(new ImageTask(picture))
                                    .as("blobs")
                                    .steps(50L)
                                    .set("count", 3));
            Array at = Array.of(2, 1.5f, 1.5f);
            assertThat(field.values(at).rows()).isOne();
            assertThat(field.jacobian(at).width()).isEqualTo(2);
            assertThat(field.render(8, 8).pixels()).isEqualTo(64);
        }
    }

    @Test
    void evaluatesAKernelWrittenByHand() {
        var k = Kernel.build("gaussian");
        var x = k.input("x", 1);
        var p = k.param("p", 1);
        k.output("y", x.minus(p).squaredNorm().radial(new RadialProfile.Gaussian()));
        try (var kernfield = Kernfield.open(home)) {
            Map<String, Array> result =
                    kernfield.evaluate(
                            Reduction.sum(k.done(), Neighbourhood.ALL),
                            2,
                            Map.of("x", Array.of(1, 0f, 1f), "p", Array.of(1, 0f, 2f)));
            // Σ_j exp(−(x−p_j)²/2)
            assertThat(result.get("y").toFloats())
                    .containsExactly(
                            new float[] {(float) (1 + Math.exp(-2)), (float) (2 * Math.exp(-0.5))},
                            Offset.offset(1e-6f));
        }
    }

    @Test
    void findsPluginsOnTheClassPath() {
        try (var kernfield = Kernfield.open(home)) {
            assertThat(kernfield.engine().backends())
                    .extracting(Plugin::name)
                    .contains("reference");
            assertThat(kernfield.engine().representations())
                    .extracting(Plugin::name)
                    .contains("blobs");
        }
    }
}
