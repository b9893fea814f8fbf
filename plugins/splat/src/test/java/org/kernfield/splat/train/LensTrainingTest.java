package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.backend.Backend;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.field.Compute;
import org.kernfield.field.Fit;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.Settings;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.field.SplatRepresentation;
import org.kernfield.testkit.BackendCompute;

import java.util.ArrayList;
import java.util.Map;

/** Scenes photographed from near through lenses that bend. */
class LensTrainingTest {
    private static final Backend CPU = new CpuBackend();
    private static final int STEPS = 150;
    private static final int VIEWS = 8;
    private static final int SIZE = 40;
    private static final double MIDDLE = SIZE / 2.0;

    /** What pictures are taken with, and what they might be mistaken for. */
    private enum Case {
        FISHEYE(1.3, camera(SIZE / 1.9, Lens.FISHEYE), camera(SIZE / 1.9, Lens.PERSPECTIVE)),
        DISTORTED(
                1.3,
                camera(0.6 * SIZE, Lens.PERSPECTIVE, -0.2),
                camera(0.6 * SIZE, Lens.PERSPECTIVE)),
        EQUIRECTANGULAR(
                0.2,
                new Camera(
                        2 * SIZE,
                        SIZE,
                        SIZE / Math.PI,
                        SIZE / Math.PI,
                        SIZE,
                        MIDDLE,
                        Lens.EQUIRECTANGULAR),
                new Camera(
                        2 * SIZE,
                        SIZE,
                        SIZE / Math.PI,
                        SIZE / Math.PI,
                        SIZE,
                        MIDDLE,
                        Lens.FISHEYE));

        private final double distance;
        private final Camera taken;
        private final Camera mistaken;

        Case(double distance, Camera taken, Camera mistaken) {
            this.distance = distance;
            this.taken = taken;
            this.mistaken = mistaken;
        }

        private static Camera camera(double focal, Lens lens, double... distortion) {
            return new Camera(SIZE, SIZE, focal, focal, MIDDLE, MIDDLE, lens, distortion);
        }

        private View view(int k, Camera camera) {
            View around = SyntheticScene.view(k, VIEWS, SIZE);
            return new View(
                    around.picture(), camera, around.rotation(), new double[] {0, 0, distance});
        }

        /** Photographs by the lens, with cameras that have it or another. */
        private RadianceTask task(Camera assumed, Compute compute) {
            Splats truth = SyntheticScene.splats(60, 1);
            var training = new ArrayList<Photograph>();
            var held = new ArrayList<Photograph>();
            for (int k = 0; k < VIEWS; k++) {
                var image = SyntheticScene.picture(truth, view(k, taken), compute);
                (k % 4 == 3 ? held : training).add(new Photograph(view(k, assumed), image));
            }
            var points = new PointCloud(truth.means().clone(), new float[0]);
            return new RadianceTask(training, held, points, new float[] {1, 1, 1});
        }
    }

    private record Trained(double psnr, SplatModel model) {}

    private static Trained trained(Case lens, Camera assumed) {
        var splat = new SplatRepresentation();
        try (var compute = BackendCompute.on(CPU)) {
            Fit fit =
                    splat.begin(
                            lens.task(assumed, compute),
                            Settings.of(splat.settings(), Map.of("cap", "150")));
            for (int step = 0; step < STEPS; step++) {
                compute.progress((double) step / STEPS);
                fit.step(compute);
            }
            var model = SplatModel.of(fit.finish(compute));
            return new Trained(fit.metrics().get("testPsnr"), model);
        }
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void trainsThroughTheLensThatThePicturesWereTakenWith(Case lens) {
        Trained right = trained(lens, lens.taken);
        assertThat(right.psnr()).isGreaterThan(23);
        assertThat(right.psnr()).isGreaterThan(trained(lens, lens.mistaken).psnr() + 3);
        Camera kept = right.model().views().getFirst().camera();
        assertThat(kept.lens()).isEqualTo(lens.taken.lens());
        assertThat(kept.distortion()).isEqualTo(lens.taken.distortion());
        assertThat(kept.fx()).isEqualTo(lens.taken.fx());
    }
}
