package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.scene.Splats;
import org.kernfield.splat.render.Gaussian;
import org.kernfield.testkit.BackendCompute;

import java.util.LinkedHashMap;

class SplatAdamTest {
    /** A quaternion of length 0 is no rotation, here as in pictures. */
    @Test
    void splatsWithoutARotationWalkAsTheOthersDo() {
        Splats splats = Splats.allocate(2, 0);
        splats.rotations()[4] = 3;
        // the faint walk farthest
        splats.opacities()[0] = splats.opacities()[1] = -8;
        try (var compute = BackendCompute.on(new CpuBackend());
                var adam = SplatAdam.begin(splats, new Gaussian(), compute)) {
            var gradients = new LinkedHashMap<String, Buffer>();
            adam.parameters()
                    .forEach(
                            (name, value) ->
                                    gradients.put(
                                            name,
                                            compute.allocate(ElementType.F32, 2, value.width())));
            adam.step(gradients, new Rates(1, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0), 5, compute);
            float[] means = adam.download(compute).means();
            for (float mean : means) {
                assertThat(mean).isFinite();
            }
            assertThat(means[0]).isNotZero();
        }
    }
}
