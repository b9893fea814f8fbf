package org.kernfield.splat.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.field.Model;
import org.kernfield.field.ModelException;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.SplatModel;
import org.kernfield.testkit.BackendCompute;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Splats asked at points, along rays and by cameras, against closed forms. */
class SplatFieldTest {
    private static final double SIGMA = 0.5;
    private static final double RED = 0.5 + Splats.SH_0;

    private final BackendCompute compute = BackendCompute.on(new CpuBackend());

    @AfterEach
    void close() {
        compute.close();
    }

    /** Two round splats on the x axis, ten units apart: half opaque red, fully opaque green. */
    private static Splats two() {
        Splats splats = Splats.allocate(2, 0);
        splats.means()[3] = 10;
        Arrays.fill(splats.logScales(), (float) Math.log(SIGMA));
        splats.rotations()[0] = 2;
        splats.rotations()[4] = 1;
        splats.opacities()[1] = Float.POSITIVE_INFINITY;
        System.arraycopy(new float[] {1, -2, -2, -2, 1, -2}, 0, splats.sh(), 0, 6);
        return splats;
    }

    private static SplatField field() {
        return (SplatField) new SplatRepresentation().open(SplatModel.of(two()).model());
    }

    @Test
    void densityAndItsGradientAreSumsOfGaussians() {
        Array points = Array.of(3, 0f, 0f, 0f, 0.5f, 0.3f, 0f, 10f, 0f, 0.4f, 5f, 0f, 0f);
        float[] density = field().values(points, compute).toFloats();
        double first = 0.5 * Math.exp(-0.5 * (0.25 + 0.09) / (SIGMA * SIGMA));
        assertThat(density[0]).isCloseTo(0.5f, within(1e-6f));
        assertThat(density[1]).isCloseTo((float) first, within(1e-6f));
        assertThat(density[2])
                .isCloseTo((float) Math.exp(-0.5 * 0.16 / (SIGMA * SIGMA)), within(1e-6f));
        assertThat(density[3]).isZero();
        float[] gradient = field().jacobian(points, compute).toFloats();
        assertThat(gradient[3]).isCloseTo((float) (-first * 0.5 / (SIGMA * SIGMA)), within(1e-5f));
        assertThat(gradient[4]).isCloseTo((float) (-first * 0.3 / (SIGMA * SIGMA)), within(1e-5f));
    }

    @Test
    void coloursAreThoseOfWhatIsThere() {
        Array points = Array.of(3, 0f, 0.1f, 0f, 10f, 0f, 0f, 5f, 0f, 0f);
        Array directions = Array.of(3, 0f, 0f, 2f, 1f, 0f, 0f, 0f, 1f, 0f);
        float[] colours = field().colours(points, directions, compute).toFloats();
        assertThat(colours)
                .containsExactly(
                        new float[] {(float) RED, 0, 0, 0, (float) RED, 0, 0, 0, 0}, within(1e-6f));
    }

    @Test
    void lightComesThroughAsCompositingLeavesIt() {
        Array from = Array.of(3, -9f, 0f, 0f, -9f, 0f, 0f, -9f, 0f, 0f, -9f, 0.5f, 0f);
        Array to = Array.of(3, 5f, 0f, 0f, 0f, 0f, 0f, 20f, 0f, 0f, 5f, 0.5f, 0f);
        float[] shares = field().transmittance(from, to, compute).toFloats();
        assertThat(shares[0]).isCloseTo(0.5f, within(1e-5f));
        // half of the optical depth lies before the middle
        assertThat(shares[1]).isCloseTo((float) Math.sqrt(0.5), within(1e-5f));
        assertThat(shares[2]).isCloseTo(0.5f * 0.01f, within(1e-5f));
        // a standard deviation beside the middle
        assertThat(shares[3]).isCloseTo((float) (1 - 0.5 * Math.exp(-0.5)), within(1e-5f));
    }

    @Test
    void splatsWithoutAPlaceTakeNoLight() {
        Splats splats = two();
        splats.means()[4] = Float.NaN;
        var field = (SplatField) new SplatRepresentation().open(SplatModel.of(splats).model());
        Array from = Array.of(3, -9f, 0f, 0f);
        Array to = Array.of(3, 20f, 0f, 0f);
        assertThat(field.transmittance(from, to, compute).toFloats())
                .containsExactly(new float[] {0.5f}, within(1e-5f));
        splats.means()[4] = Float.NEGATIVE_INFINITY;
        assertThat(field.transmittance(from, to, compute).toFloats())
                .containsExactly(new float[] {0.5f}, within(1e-5f));
    }

    @Test
    void flatSplatsFillNoSpace() {
        var model =
                new SplatModel(
                        two(),
                        "surfel",
                        new float[0],
                        new float[0],
                        new double[3],
                        false,
                        List.of());
        var field = (SplatField) new SplatRepresentation().open(model.model());
        Array point = Array.of(3, 0f, 0f, 0f);
        assertThatThrownBy(() -> field.values(point, compute))
                .hasMessageContaining("surfel, which is flat and fills no space; look at pictures");
        assertThatThrownBy(() -> field.transmittance(point, point, compute))
                .hasMessageContaining("fills no space");
    }

    @Test
    void bandsOfALargePictureAreOnePicture() {
        var camera = new Camera(1500, 3000, 1500, 1500, 700, 1600, Camera.Lens.PERSPECTIVE);
        double[] ahead = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        var image = field().view(new View("large", camera, ahead, new double[] {0, 0, 4}), compute);
        double variance = Math.pow(1500 * SIGMA / 4, 2) + 0.3;
        for (int v : new int[] {1300, 1600, 2795, 2796, 2999}) {
            double d2 = Math.pow(0.5, 2) + Math.pow(v + 0.5 - 1600, 2);
            double alpha = 0.5 * Math.exp(-0.5 * d2 / variance);
            assertThat(image.get(700, v, 0))
                    .isCloseTo(alpha < 1.0 / 255 ? 0 : (float) (alpha * RED), within(2e-5f));
        }
    }

    @Test
    void modelsKeepViewsAndWhatTheyAreDrawnWith() {
        var fisheye = new Camera(30, 20, 11, 12, 13, 14, Camera.Lens.FISHEYE, 0.1, 0, 0.2);
        double[] turned = {0, 0, 1, 1, 0, 0, 0, 1, 0};
        var view = new View("a/b.png", fisheye, turned, new double[] {1, 2, 3});
        var model =
                new SplatModel(
                        two(),
                        "gaussian",
                        new float[0],
                        new float[] {0.1f, 0.2f},
                        new double[] {1, 0.5, 0},
                        true,
                        List.of(view, view));
        SplatModel read = SplatModel.of(model.model());
        assertThat(read.views()).hasSize(2);
        View back = read.views().get(1);
        assertThat(back.picture()).isEqualTo("a/b.png");
        assertThat(back.camera().distortion()).containsExactly(0.1, 0, 0.2);
        assertThat(back.camera().cy()).isEqualTo(14);
        assertThat(back.rotation()).containsExactly(turned);
        assertThat(back.translation()).containsExactly(1, 2, 3);
        assertThat(read.filter()).containsExactly(0.1f, 0.2f);
        assertThat(read.background()).containsExactly(1, 0.5, 0);
        assertThat(read.isAntialiased()).isTrue();
    }

    @Test
    void refusesArraysThatDoNotFitTogether() {
        Model model = SplatModel.of(two()).model();
        var arrays = new LinkedHashMap<>(model.arrays());
        arrays.put("rotations", Array.of(4, new float[4]));
        var broken = new Model("splat", 1, "radiance", arrays, model.metadata());
        assertThatThrownBy(() -> new SplatRepresentation().open(broken))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("rotations");
        var newer = new Model("splat", 2, "radiance", model.arrays(), Map.of());
        assertThatThrownBy(() -> new SplatRepresentation().open(newer))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("install a newer plugin");
    }
}
