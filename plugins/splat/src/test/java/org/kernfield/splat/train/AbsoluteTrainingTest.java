package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Backend;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.field.Fit;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.Settings;
import org.kernfield.splat.field.SplatRepresentation;
import org.kernfield.testkit.BackendCompute;
import org.kernfield.testkit.RepresentationChecks;

import java.util.Map;

/** Splats that multiply where the magnitudes of their gradients are large. */
class AbsoluteTrainingTest {
    private static final Backend CPU = new CpuBackend();
    private static final int STEPS = 250;
    private static final int POINTS = 60;

    private static RadianceTask task(int splats, int views, int size) {
        try (var compute = BackendCompute.on(CPU)) {
            return SyntheticScene.task(splats, views, size, true, compute);
        }
    }

    @Test
    void learnsASceneAndSplitsWhatIsTooCoarse() {
        var splat = new SplatRepresentation();
        var settings = Map.of("cap", "200", "strategy", "absgrad");
        Fit fit = splat.begin(task(POINTS, 12, 48), Settings.of(splat.settings(), settings));
        try (var compute = BackendCompute.on(CPU)) {
            for (int step = 0; step < STEPS; step++) {
                compute.progress((double) step / STEPS);
                fit.step(compute);
            }
            long splats = fit.finish(compute).arrays().get(SplatAdam.MEANS).rows();
            assertThat(splats).isBetween(POINTS + 1L, 200L);
        }
        assertThat(fit.metrics().get("testPsnr")).isGreaterThan(25);
    }

    @Test
    void keepsTheContractOfRepresentations() {
        var checks =
                new RepresentationChecks(
                        new SplatRepresentation(),
                        task(10, 4, 16),
                        Map.of("cap", "30", "seed", "3", "strategy", "absgrad"),
                        30);
        checks.repeatsItself(CPU);
        checks.isNotDisturbedByQuestions(CPU);
        checks.goesOnFromItsState(CPU);
    }
}
