package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.wiring.BundleWiring;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Plugins that come and go through the drop folder while fits run. */
@DisabledOnOs(OS.WINDOWS)
class HotDeployTest {
    private static final int CYCLES = 20;

    /** By how much the fit is to outlast the deployments. */
    private static final double MARGIN = 1.4;

    private static final int ATTEMPTS = 8;

    private static final int COLLECTIONS = 50;

    @TempDir Path temp;

    private Runtime runtime;

    @BeforeEach
    void start() throws IOException {
        runtime = Runtime.startWatchful(temp);
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    @Test
    void aFitGoesOnToTheSameBitsAndNothingOfOldPluginsStays() throws Exception {
        Path picture = Pictures.waves(temp.resolve("waves.png"), 48, 48);
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        long steps = stepsThatLast(picture);
        // a machine that has become faster meanwhile may end the fit too soon
        for (int attempt = 1; !outlastsTheDeployments(picture, steps, loaders); attempt++) {
            assertThat(attempt).as("attempts").isLessThan(ATTEMPTS);
            steps *= 2;
        }
        fit(picture, steps, "undisturbed").end().well();

        assertThat(model("disturbed")).hasSameBinaryContentAs(model("undisturbed"));
        assertThat(loaders).hasSizeGreaterThanOrEqualTo(CYCLES);
        assertThat(alive(loaders)).as("class loaders left").isZero();
    }

    /** Whether the fit still ran after the last deployment. */
    private boolean outlastsTheDeployments(
            Path picture, long steps, List<WeakReference<ClassLoader>> loaders)
            throws IOException, InterruptedException {
        Command fit = fit(picture, steps, "disturbed");
        fit.awaitSaid("steps/s");
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            loaders.add(deployUseAndUndeploy(picture, cycle % 5 == 0));
        }
        boolean ran = fit.isRunning();
        fit.end().well();
        return ran;
    }

    private WeakReference<ClassLoader> deployUseAndUndeploy(Path picture, boolean fits)
            throws IOException, InterruptedException {
        var wiring = runtime.deployTemplate().adapt(BundleWiring.class);
        var loader = new WeakReference<>(wiring.getClassLoader());
        assertThat(runtime.run("representations", "--json").out()).contains("wendland");
        if (fits) {
            useTemplate(picture);
        }
        runtime.undeployTemplate();
        return loader;
    }

    /** So many that the fit outlasts the deployments on this machine. */
    private long stepsThatLast(Path picture) throws IOException, InterruptedException {
        fit(picture, 300, "cold").end().well();
        deployUseAndUndeploy(picture, true);
        long measured = 1000;
        double rate = measured / fit(picture, measured, "warm").end().number("seconds");
        long start = System.nanoTime();
        deployUseAndUndeploy(picture, true);
        double seconds = (System.nanoTime() - start) * 1e-9;
        return (long) (rate * CYCLES * seconds * MARGIN);
    }

    private Command fit(Path picture, long steps, String name) {
        return runtime.start(
                "fit",
                picture.toString(),
                "--kernels",
                "40",
                "--steps",
                "" + steps,
                "--seed",
                "3",
                "--threads",
                "1",
                "--out",
                model(name).toString(),
                "--json");
    }

    private Path model(String name) {
        return temp.resolve(name + ".safetensors");
    }

    /** A whole fit, rendering included, and an error whose exception was thrown by the plugin. */
    private void useTemplate(Path picture) {
        String out = model("wendland").toString();
        String input = picture.toString();
        runtime.run("fit", input, "--as", "wendland", "--steps", "5", "--out", out).well();
        runtime.run("render", out, "--out", temp.resolve("drawn.png").toString()).well();
        Ended refused =
                runtime.run("fit", input, "--as", "wendland", "--overlap", "99", "--out", out);
        assertThat(refused.complaints()).singleElement().asString().contains("overlap");
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        long alive = loaders.size();
        for (int k = 0; k < COLLECTIONS && alive > 0; k++) {
            System.gc();
            alive = loaders.stream().filter(loader -> loader.get() != null).count();
        }
        return alive;
    }

    @Test
    void aFitWaitsForItsRepresentationAndGoesOnToTheSameBits() throws Exception {
        Path picture = Pictures.waves(temp.resolve("waves.png"), 200, 200);
        runtime.deployTemplate();
        Command fit = wendland(picture, "interrupted");
        fit.awaitSaid("steps/s");
        runtime.undeployTemplate();
        runtime.awaitJob("waves-1", "suspended");
        assertThat(runtime.run("representations", "--json").out()).doesNotContain("wendland");
        runtime.deployTemplate();
        fit.end().well();
        wendland(picture, "whole").end().well();
        assertThat(model("interrupted")).hasSameBinaryContentAs(model("whole"));
    }

    @Test
    void variablesOfAShellSessionPinNoPlugin() throws Exception {
        Path picture = Pictures.waves(temp.resolve("waves.png"), 32, 32);
        Path script = temp.resolve("script.gogo");
        Files.writeString(
                script,
                """
                a = (kf:representations)
                b = (kf:plugins)
                c = (kf:fit '%1$s' --as wendland --steps 5 --out '%2$s')
                d = (kf:render '%2$s' --out '%3$s')
                kf:fit '%1$s' --as rbf --kernels 20 --steps 1000000000 --out '%4$s'
                """
                        .formatted(picture, model("held"), temp.resolve("d.png"), model("long")));
        var wiring = runtime.deployTemplate().adapt(BundleWiring.class);
        var loader = new WeakReference<>(wiring.getClassLoader());
        wiring = null;
        Command running = runtime.start("run", script.toString());
        runtime.awaitJob("waves-2", "running");
        runtime.undeployTemplate();
        assertThat(alive(List.of(loader))).isZero();
        assertThat(running.isRunning()).isTrue();
        runtime.run("cancel", "waves-2").well();
        assertThat(running.end().status()).isNotZero();
    }

    private Command wendland(Path picture, String name) {
        return runtime.start(
                "fit",
                picture.toString(),
                "--as",
                "wendland",
                "--steps",
                "400",
                "--out",
                model(name).toString());
    }
}
