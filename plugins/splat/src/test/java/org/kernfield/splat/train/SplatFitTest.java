package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Backend;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.field.AbsentException;
import org.kernfield.field.Fit;
import org.kernfield.field.Metrics;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.splat.Primitive;
import org.kernfield.splat.field.SplatRepresentation;
import org.kernfield.splat.render.TapeRenderer;
import org.kernfield.testkit.BackendCompute;

import java.util.List;
import java.util.Map;

class SplatFitTest {
    private static final Backend CPU = new CpuBackend();

    private static RadianceTask task(int splats, int views, int size, boolean points) {
        try (var compute = BackendCompute.on(CPU)) {
            return SyntheticScene.task(splats, views, size, points, compute);
        }
    }

    private static Fit begin(RadianceTask task, Map<String, String> settings) {
        var splat = new SplatRepresentation();
        return splat.begin(task, Settings.of(splat.settings(), settings));
    }

    private static void steps(Fit fit, int from, int to, int all, BackendCompute compute) {
        for (int step = from; step < to; step++) {
            compute.progress((double) step / all);
            fit.step(compute);
        }
    }

    private static Metrics trained(RadianceTask task, int steps, Map<String, String> settings) {
        Fit fit = begin(task, settings);
        try (var compute = BackendCompute.on(CPU)) {
            steps(fit, 0, steps, steps, compute);
            fit.finish(compute);
        }
        return fit.metrics();
    }

    @Test
    void learnsASceneWellEnoughToShowItFromElsewhere() {
        Metrics figures = trained(task(60, 12, 48, true), 250, Map.of("cap", "200"));
        assertThat(figures.get("testViews")).isEqualTo(3);
        assertThat(figures.get("testPsnr")).isGreaterThan(26);
        assertThat(figures.get("testSsim")).isGreaterThan(0.85);
    }

    @Test
    void learnsASceneFromRandomPointsToo() {
        Metrics figures = trained(task(40, 12, 32, false), 250, Map.of("cap", "400"));
        assertThat(figures.get("testPsnr")).isGreaterThan(20);
    }

    @Test
    void learnsWithTheDefaultStrategy() {
        Metrics figures =
                trained(task(60, 12, 48, true), 250, Map.of("cap", "200", "strategy", "default"));
        assertThat(figures.get("testPsnr")).isGreaterThan(25);
    }

    @Test
    void takesASingleCamera() {
        RadianceTask all = task(20, 2, 16, true);
        var single =
                new RadianceTask(
                        all.training().subList(0, 1), List.of(), all.points(), all.background());
        Metrics figures = trained(single, 20, Map.of());
        assertThat(figures.get("trainLoss")).isLessThan(0.2);
        assertThat(figures.get("testPsnr")).isNaN();
    }

    @Test
    void endsUpTheSameWhenItMovesToAnotherBackendAndBack() {
        RadianceTask task = task(12, 4, 16, true);
        Map<String, String> settings = Map.of("cap", "16");
        Fit moving = begin(task, settings);
        int steps = 30;
        State state;
        try (var compute = BackendCompute.on(CPU)) {
            steps(moving, 0, 10, steps, compute);
            state = moving.state(compute);
        }
        try (var compute = BackendCompute.on(new ReferenceBackend())) {
            moving.restore(state, compute);
            steps(moving, 10, 14, steps, compute);
            state = moving.state(compute);
        }
        try (var compute = BackendCompute.on(CPU)) {
            moving.restore(state, compute);
            steps(moving, 14, steps, steps, compute);
            moving.finish(compute);
        }
        double staying = trained(task, steps, settings).get("testPsnr");
        assertThat(moving.metrics().get("testPsnr"))
                .isCloseTo(staying, org.assertj.core.api.Assertions.within(0.05));
    }

    private static long count(Fit fit, BackendCompute compute) {
        return fit.state(compute).array(SplatAdam.OPACITIES).rows();
    }

    @Test
    void thresholdsLeaveRoomToGrowFromRandomPoints() {
        Fit fit = begin(task(40, 4, 32, false), Map.of("cap", "90", "strategy", "default"));
        try (var compute = BackendCompute.on(CPU)) {
            steps(fit, 0, 1, 60, compute);
            long first = count(fit, compute);
            assertThat(first).isLessThan(40);
            steps(fit, 1, 60, 60, compute);
            assertThat(count(fit, compute)).isBetween(first + 1, 90L);
        }
    }

    /** A renderer that finds its primitives so many times and then no more. */
    private static final class Fleeting extends TapeRenderer {
        private int left = Integer.MAX_VALUE;

        @Override
        protected List<Primitive> primitives() {
            return left-- > 0 ? super.primitives() : List.of();
        }
    }

    private static Fit begin(Fleeting renderer, Map<String, String> settings) {
        var strategies = new Strategies();
        strategies.add(new McmcStrategy());
        var all = Settings.of(TrainingSettings.ALL, settings);
        return new SplatFit(task(12, 4, 16, true), all, renderer, strategies);
    }

    @Test
    void finishesWhileItsPrimitiveIsAway() {
        var renderer = new Fleeting();
        Fit fit = begin(renderer, Map.of("cap", "16"));
        try (var compute = BackendCompute.on(CPU)) {
            steps(fit, 0, 5, 30, compute);
            renderer.left = 0;
            assertThatThrownBy(() -> fit.step(compute)).isInstanceOf(AbsentException.class);
            assertThat(fit.finish(compute).arrays()).containsKey(SplatAdam.MEANS);
        }
        assertThat(fit.metrics().get("testPsnr")).isGreaterThan(5);
    }

    @Test
    void looksForItsPrimitiveOnceAStepAndBeforeAllElse() {
        var renderer = new Fleeting();
        Fit fit = begin(renderer, Map.of("cap", "16", "scoreEvery", "1"));
        try (var compute = BackendCompute.on(CPU)) {
            for (int step = 0; step < 20; step++) {
                renderer.left = 1;
                steps(fit, step, step + 1, 20, compute);
            }
            State before = fit.state(compute);
            assertThatThrownBy(() -> fit.step(compute)).isInstanceOf(AbsentException.class);
            assertThat(fit.state(compute).values()).isEqualTo(before.values());
        }
    }

    @Test
    void takesUpItsScores() {
        RadianceTask task = task(12, 4, 16, true);
        Map<String, String> settings = Map.of("cap", "16", "scoreEvery", "2");
        Fit fit = begin(task, settings);
        Fit later = begin(task, settings);
        try (var compute = BackendCompute.on(CPU)) {
            steps(fit, 0, 3, 30, compute);
            later.restore(fit.state(compute), compute);
        }
        assertThat(later.metrics().get("testPsnr")).isGreaterThan(5);
        assertThat(later.metrics()).isEqualTo(fit.metrics());
    }

    @Test
    void refusesAStrategyThatIsNotHere() {
        assertThatThrownBy(() -> begin(task(5, 2, 16, true), Map.of("strategy", "mcmcc")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("strategy = mcmcc")
                .hasMessageContaining("mcmc");
    }
}
