package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Tape;
import org.kernfield.backend.Workers;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.field.Fit;
import org.kernfield.field.Image;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.Report;
import org.kernfield.field.Settings;
import org.kernfield.numerics.ImageMetrics;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.field.SplatRepresentation;
import org.kernfield.testkit.BackendCompute;
import org.kernfield.testkit.RepresentationChecks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** White things cut out of their background: over white their colours alone say nothing. */
class AlphaTrainingTest {
    private static final Backend CPU = new CpuBackend();
    private static final int STEPS = 200;
    private static final int VIEWS = 8;
    private static final int SIZE = 32;
    private static final double[] BLACK = {0, 0, 0};
    private static final double[] WHITE = {1, 1, 1};

    private static Splats truth;
    private static RadianceTask task;

    @BeforeAll
    static void photograph() {
        truth = SyntheticScene.splats(40, 1);
        // 0.5 + SH_0 · c = 1
        Arrays.fill(truth.sh(), (float) (0.5 / Splats.SH_0));
        var photographs = new ArrayList<Photograph>();
        try (var compute = BackendCompute.on(CPU)) {
            for (int k = 0; k < VIEWS; k++) {
                View view = SyntheticScene.view(k, VIEWS, SIZE);
                Image white = SyntheticScene.picture(truth, view, WHITE, compute);
                float[] alpha = alpha(SyntheticScene.picture(truth, view, BLACK, compute));
                photographs.add(new Photograph(view, white, null, alpha));
            }
        }
        var points = new PointCloud(truth.means().clone(), new float[0]);
        task = new RadianceTask(photographs, List.of(), points, new float[] {1, 1, 1});
    }

    /** What is white over black is as bright as it is opaque. */
    private static float[] alpha(Image onBlack) {
        var alpha = new float[(int) onBlack.pixels()];
        for (int k = 0; k < alpha.length; k++) {
            alpha[k] = Math.clamp(onBlack.values()[3 * k], 0f, 1f);
        }
        return alpha;
    }

    /** Of the trained splats over black against the true ones, in decibels. */
    private static double overBlack(String... setting) {
        var settings = new HashMap<>(Map.of("cap", "60"));
        if (setting.length > 0) {
            settings.put(setting[0], setting[1]);
        }
        var splat = new SplatRepresentation();
        Fit fit = splat.begin(task, Settings.of(splat.settings(), settings));
        try (var compute = BackendCompute.on(CPU)) {
            for (int step = 0; step < STEPS; step++) {
                compute.progress((double) step / STEPS);
                fit.step(compute);
            }
            Splats fitted = SplatModel.of(fit.finish(compute)).splats();
            View between = SyntheticScene.view(1, 2 * VIEWS, SIZE);
            return ImageMetrics.psnr(
                    SyntheticScene.picture(fitted, between, BLACK, compute),
                    SyntheticScene.picture(truth, between, BLACK, compute),
                    Workers.SERIAL);
        }
    }

    @Test
    void randomBackgroundsShowWhatIsCovered() {
        assertThat(overBlack("randomBackground", "true")).isGreaterThan(overBlack() + 8);
    }

    @Test
    void theLossOfAlphaShowsWhatIsCovered() {
        assertThat(overBlack("alphaLoss", "0.5")).isGreaterThan(overBlack() + 8);
    }

    /** λ·|1 − T − 1| of a pixel is λ·T. */
    @Test
    void aPhotographWithoutAlphaIsCoveredEverywhere() {
        Photograph covered = opaque(task.training().getFirst());
        try (var compute = BackendCompute.on(CPU);
                Tape tape = compute.tape()) {
            var loss = new PhotometricLoss();
            var target = new Target(covered, new AlphaReading(true, true), loss, compute);
            var open = new float[SIZE * SIZE];
            Arrays.fill(open, 0.25f);
            Tape.Node pixels =
                    target.alphaLoss(tape, tape.variable(compute.upload(Array.of(1, open))), 2);
            assertThat(compute.download(pixels.buffer()).toFloats()).containsOnly(0.5f);
            target.close();
        }
    }

    private static Photograph opaque(Photograph photograph) {
        return new Photograph(photograph.view(), photograph.image());
    }

    @Test
    void alphaIsReadWhereSomePhotographHasIt() {
        List<Photograph> photographs = new ArrayList<>(task.training());
        photographs.replaceAll(AlphaTrainingTest::opaque);
        assertThat(setup(photographs, 0.5).reading().isRead()).isFalse();
        photographs.set(3, task.training().get(3));
        assertThat(setup(photographs, 0.5).reading().isRead()).isTrue();
        assertThat(setup(photographs, 0).reading().isRead()).isFalse();
    }

    private static Setup setup(List<Photograph> photographs, double alphaLoss) {
        return new Setup(
                photographs,
                null,
                RenderOptions.usual(),
                new Backdrop(WHITE, false, 1),
                alphaLoss,
                "gaussian",
                false,
                false);
    }

    @Test
    void saysThatTheLossOfAlphaNeedsAlpha() {
        assertThat(report(task, "0.5")).isEmpty();
        List<Photograph> photographs = new ArrayList<>(task.training());
        photographs.replaceAll(AlphaTrainingTest::opaque);
        var plain = new RadianceTask(photographs, List.of(), task.points(), new float[] {1, 1, 1});
        assertThat(report(plain, "0")).isEmpty();
        assertThat(report(plain, "0.5"))
                .singleElement()
                .asString()
                .startsWith("alphaLoss was of no use: no picture that was trained on has alpha;");
    }

    private static List<String> report(RadianceTask photographs, String alphaLoss) {
        var splat = new SplatRepresentation();
        var settings = Map.of("cap", "60", "alphaLoss", alphaLoss);
        Fit fit = splat.begin(photographs, Settings.of(splat.settings(), settings));
        try (var compute = BackendCompute.on(CPU)) {
            fit.step(compute);
            return Report.of(fit.finish(compute).metadata()).lines();
        }
    }

    @Test
    void keepsTheContractOfRepresentations() {
        var checks =
                new RepresentationChecks(
                        new SplatRepresentation(),
                        task,
                        Map.of(
                                "cap", "50",
                                "seed", "3",
                                "randomBackground", "true",
                                "alphaLoss", "0.1"),
                        12);
        checks.repeatsItself(CPU);
        checks.isNotDisturbedByQuestions(CPU);
        checks.goesOnFromItsState(CPU);
    }
}
