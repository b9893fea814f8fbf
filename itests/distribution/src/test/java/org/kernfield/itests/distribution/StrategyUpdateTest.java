package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;

/** A density strategy in a bundle of its own, which is updated while splats are trained with it. */
@DisabledOnOs(OS.WINDOWS)
class StrategyUpdateTest {
    private static final int VIEWS = 6;
    private static final int SIZE = 48;
    private static final int STEPS = 300;
    private static final int COLLECTIONS = 50;

    @TempDir Path temp;

    private Runtime runtime;
    private Path scene;
    private Bundle strategy;

    @BeforeEach
    void start() throws Exception {
        runtime = Runtime.start(temp);
        scene = Photographs.ring(temp.resolve("scene"), VIEWS, SIZE);
        strategy = runtime.context().installBundle("test:strategy", StrategyBundle.jar("1.0.0"));
        strategy.start();
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    @Test
    void anUpdateInTheMiddleOfATrainingChangesNothing() throws Exception {
        WeakReference<ClassLoader> first = loader();
        Command training = train("updated");
        training.awaitSaid("steps/s");
        strategy.stop();
        runtime.awaitJob("scene-1", "suspended");
        assertThat(runtime.run("jobs").out()).contains("scene-1");
        assertThat(log())
                .contains("strategy = doubling: is not here; it goes on when that is back");
        try (var jar = StrategyBundle.jar("1.0.1")) {
            strategy.update(jar);
        }
        runtime.refresh(strategy);
        strategy.start();
        Ended updated = training.end().well();
        Ended undisturbed = train("undisturbed").end().well();

        assertThat(strategy.getVersion().getMicro()).isEqualTo(1);
        assertThat(updated.field("testPsnr")).isEqualTo(undisturbed.field("testPsnr"));
        assertThat(model("updated")).hasSameBinaryContentAs(model("undisturbed"));
        assertThat(isCollected(first)).as("the first class loader has gone").isTrue();
    }

    @Test
    void aTrainingWaitsForItsStrategyAndCanBeCancelledMeanwhile() throws Exception {
        Command training = train("cancelled");
        training.awaitSaid("steps/s");
        strategy.uninstall();
        runtime.awaitJob("scene-1", "suspended");
        runtime.run("cancel", "scene-1").well();
        assertThat(training.end().status()).isEqualTo(1);
    }

    @Test
    void aStrategyThatIsNotHereIsRefusedAtOnce() throws Exception {
        strategy.uninstall();
        Ended refused = train("refused").end();
        assertThat(refused.status()).isNotZero();
        assertThat(refused.complaints())
                .singleElement()
                .asString()
                .contains("strategy = doubling", "default", "mcmc");
    }

    private Command train(String name) {
        return runtime.start(
                "fit",
                scene.toString(),
                "--as",
                "splat",
                "--steps",
                "" + STEPS,
                "--set",
                "strategy=doubling",
                "--set",
                "cap=400",
                "--set",
                "testEvery=3",
                "--out",
                model(name).toString(),
                "--json");
    }

    private Path model(String name) {
        return temp.resolve(name + ".safetensors");
    }

    private WeakReference<ClassLoader> loader() {
        return new WeakReference<>(strategy.adapt(BundleWiring.class).getClassLoader());
    }

    private static boolean isCollected(WeakReference<ClassLoader> loader) {
        for (int k = 0; k < COLLECTIONS && loader.get() != null; k++) {
            System.gc();
        }
        return loader.get() == null;
    }

    private static String log() throws IOException {
        return Files.readString(Path.of(System.getProperty("kernfield.log.file")));
    }
}
