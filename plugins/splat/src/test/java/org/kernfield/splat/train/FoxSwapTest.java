package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Backend;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Kernfield;
import org.kernfield.field.AbsentException;
import org.kernfield.field.Fit;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.splat.render.TapeRenderer;
import org.kernfield.testkit.BackendCompute;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Thousands of splats on the fox at an eighth of its size, whose training is disturbed. */
class FoxSwapTest {
    private static final Path FOX =
            Path.of("../../../shared/data/nerf/fox").toAbsolutePath().normalize();
    private static final Backend CPU = new CpuBackend();
    private static final int STEPS = 40;

    /** A step at which pictures are still small, for the reference is slow. */
    private static final int SWAP = 5;

    private static final int UPDATE = 20;

    private static RadianceTask task;
    private static double undisturbed;

    private final Strategies strategies = new Strategies();

    @BeforeAll
    static void train(@TempDir Path home) throws Exception {
        assumeTrue(Files.isDirectory(FOX), "no " + FOX + ": swaps in mid-training are not tested");
        try (var kernfield = Kernfield.open(home)) {
            var job =
                    kernfield
                            .engine()
                            .submit(
                                    FitRequest.of(FOX)
                                            .as("splat")
                                            .steps(1L)
                                            .set("width", 135)
                                            .set("points", FOX.resolve("pts5000.ply"))
                                            .set("testViews", "0031.jpg"));
            job.await();
            task = (RadianceTask) job.task();
        }
        undisturbed = new FoxSwapTest().whole();
    }

    private double whole() {
        var mcmc = new McmcStrategy();
        Fit fit = begin(mcmc);
        try (var compute = BackendCompute.on(CPU)) {
            steps(fit, 0, STEPS, compute);
            return finished(fit, compute);
        }
    }

    private Fit begin(McmcStrategy mcmc) {
        strategies.add(mcmc);
        var settings = Settings.of(TrainingSettings.ALL, Map.of("cap", "6000"));
        return new SplatFit(task, settings, new TapeRenderer(), strategies);
    }

    private static void steps(Fit fit, int from, int to, BackendCompute compute) {
        for (int step = from; step < to; step++) {
            compute.progress((double) step / STEPS);
            fit.step(compute);
        }
    }

    private static double finished(Fit fit, BackendCompute compute) {
        assertThat(fit.finish(compute).arrays().get(SplatAdam.MEANS).rows()).isGreaterThan(5000);
        return fit.metrics().get("testPsnr");
    }

    @Test
    void comesOutAlikeAfterAStepOnAnotherBackend() {
        Fit fit = begin(new McmcStrategy());
        State state;
        try (var compute = BackendCompute.on(CPU)) {
            steps(fit, 0, SWAP, compute);
            state = fit.state(compute);
        }
        try (var compute = BackendCompute.on(new ReferenceBackend())) {
            fit.restore(state, compute);
            steps(fit, SWAP, SWAP + 1, compute);
            state = fit.state(compute);
        }
        try (var compute = BackendCompute.on(CPU)) {
            fit.restore(state, compute);
            steps(fit, SWAP + 1, STEPS, compute);
            assertThat(finished(fit, compute)).isCloseTo(undisturbed, within(0.05));
        }
    }

    @Test
    void comesOutAlikeAfterItsStrategyWasReplaced() {
        var before = new McmcStrategy();
        Fit fit = begin(before);
        try (var compute = BackendCompute.on(CPU)) {
            steps(fit, 0, UPDATE, compute);
            strategies.remove(before);
            assertThatThrownBy(() -> fit.step(compute)).isInstanceOf(AbsentException.class);
            strategies.add(new McmcStrategy());
            steps(fit, UPDATE, STEPS, compute);
            assertThat(finished(fit, compute)).isCloseTo(undisturbed, within(0.05));
        }
    }
}
