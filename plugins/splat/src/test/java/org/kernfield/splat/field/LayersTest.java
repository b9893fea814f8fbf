package org.kernfield.splat.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.field.Image;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.Layer;
import org.kernfield.splat.Look;
import org.kernfield.splat.SplatModel;
import org.kernfield.testkit.BackendCompute;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What pictures show beside the colours of a model, against closed forms. */
class LayersTest {
    private static final double FOCAL = 40;
    private static final double SIGMA = 0.2;

    /** Half opaque before opaque, as compositing weighs them; what is left of the background. */
    private static final double NEAR = 0.5;

    private static final double FAR = 0.5 * 0.99;
    private static final double LEFT = 0.5 * 0.01;

    private final BackendCompute compute = BackendCompute.on(new CpuBackend());

    @AfterEach
    void close() {
        compute.close();
    }

    /** Two red discs that face the camera, 4 and 6 units before it. */
    private static Splats two() {
        Splats splats = Splats.allocate(2, 0);
        splats.means()[5] = 2;
        Arrays.fill(splats.logScales(), (float) Math.log(SIGMA));
        splats.logScales()[2] = -5;
        splats.logScales()[5] = -5;
        splats.rotations()[0] = 1;
        splats.rotations()[4] = 1;
        splats.opacities()[1] = Float.POSITIVE_INFINITY;
        System.arraycopy(new float[] {1, -2, -2, 1, -2, -2}, 0, splats.sh(), 0, 6);
        return splats;
    }

    private static SplatField field(SplatModel model) {
        return (SplatField) new SplatRepresentation().open(model.model());
    }

    private static View ahead(int width, int height) {
        var camera =
                new Camera(
                        width,
                        height,
                        FOCAL,
                        FOCAL,
                        width / 2.0,
                        height / 2.0,
                        Camera.Lens.PERSPECTIVE);
        double[] ahead = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        return new View("ahead", camera, ahead, new double[] {0, 0, 4});
    }

    private Image seen(Look look) {
        return field(SplatModel.of(two())).view(ahead(21, 21), look, compute);
    }

    private Image seen(Layer layer) {
        return seen(new Look(layer, null, false));
    }

    @Test
    void opacityIsWhatIsNotLeftOfTheBackground() {
        Image alpha = seen(Layer.ALPHA);
        assertThat(alpha.channels()).isEqualTo(1);
        assertThat(alpha.get(10, 10, 0)).isCloseTo((float) (1 - LEFT), within(1e-6f));
        assertThat(alpha.get(0, 0, 0)).isZero();
    }

    @Test
    void depthIsTheMeanDistanceOfWhatIsSeen() {
        Image depth = seen(Layer.DEPTH);
        assertThat(depth.channels()).isEqualTo(1);
        assertThat(depth.get(10, 10, 0))
                .isCloseTo((float) ((4 * NEAR + 6 * FAR) / (NEAR + FAR)), within(1e-5f));
        assertThat(depth.get(0, 0, 0)).isNaN();
    }

    @Test
    void normalsHaveLengthOneAndPointToTheCamera() {
        Image normals = seen(Layer.NORMAL);
        assertThat(normals.get(10, 10, 0)).isCloseTo(0f, within(1e-6f));
        assertThat(normals.get(10, 10, 1)).isCloseTo(0f, within(1e-6f));
        assertThat(normals.get(10, 10, 2)).isCloseTo(-1f, within(1e-6f));
        assertThat(normals.get(0, 0, 2)).isZero();
    }

    @Test
    void coloursLieOverTheBackgroundThatIsAskedFor() {
        Image image = seen(new Look(Layer.COLOUR, new double[] {0, 1, 0.5}, false));
        double red = 0.5 + Splats.SH_0;
        assertThat(image.get(10, 10, 0)).isCloseTo((float) (red * (NEAR + FAR)), within(1e-5f));
        assertThat(image.get(10, 10, 1)).isCloseTo((float) LEFT, within(1e-5f));
        assertThat(image.get(0, 0, 1)).isEqualTo(1);
        assertThat(image.get(0, 0, 2)).isEqualTo(0.5f);
    }

    /** Of the nearer disc alone √(|C| / |C + 0.3·I|) = v/(v + 0.3) is left, v = f²σ²/z². */
    @Test
    void antialiasingTakesBackWhatTheBlurAdds() {
        var one = SplatModel.of(two().select(new int[] {0}));
        Image alpha = field(one).view(ahead(21, 21), new Look(Layer.ALPHA, null, true), compute);
        double variance = Math.pow(FOCAL * SIGMA / 4, 2);
        assertThat(alpha.get(10, 10, 0))
                .isCloseTo((float) (0.5 * variance / (variance + 0.3)), within(1e-5f));
    }

    @Test
    void bandsOfALargePictureAreOnePicture() {
        Image alpha = field(SplatModel.of(two())).view(large(), look(Layer.ALPHA), compute);
        Image normals = field(SplatModel.of(two())).view(large(), look(Layer.NORMAL), compute);
        assertThat(alpha.get(3, 1_400_001, 0)).isCloseTo((float) (1 - LEFT), within(1e-6f));
        assertThat(normals.get(3, 1_400_001, 2)).isCloseTo(-1f, within(1e-6f));
        assertThat(alpha.get(3, 1_399_000, 0)).isZero();
    }

    private static Look look(Layer layer) {
        return new Look(layer, null, false);
    }

    /** The splats lie in its second band. */
    private static View large() {
        View view = ahead(7, 1_500_000);
        return view.with(
                new Camera(7, 1_500_000, FOCAL, FOCAL, 3.5, 1_400_001.5, Camera.Lens.PERSPECTIVE));
    }

    @Test
    void splatsWithoutTheirFilterLookTheSame() {
        Splats splats = two();
        splats.opacities()[1] = 3;
        var filtered =
                new SplatModel(
                        splats,
                        "gaussian",
                        new float[0],
                        new float[] {0.01f, 0.2f},
                        new double[3],
                        false,
                        List.of());
        Image with = field(filtered).view(ahead(21, 21), compute);
        Image baked = field(SplatModel.of(filtered.smoothed())).view(ahead(21, 21), compute);
        Image sharp = field(SplatModel.of(splats)).view(ahead(21, 21), compute);
        assertThat(baked.values()).containsExactly(with.values(), within(2e-6f));
        assertThat(sharp.get(10, 10, 0)).isGreaterThan(with.get(10, 10, 0) + 0.1f);
        assertThat(SplatModel.of(splats.with(Map.of())).smoothed().logScales())
                .isEqualTo(splats.logScales());
    }
}
