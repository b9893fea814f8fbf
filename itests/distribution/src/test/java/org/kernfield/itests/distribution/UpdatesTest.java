package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A representation that is updated over and over while eight fits of it run. {@code
 * -Dkernfield.updates=200} makes it last; an ordinary build makes a few updates.
 */
class UpdatesTest {
    private static final int UPDATES = Integer.getInteger("kernfield.updates", 5);

    /** Updates after which the compilers have seen what they will see. */
    private static final int WARM_UP = Math.max(2, UPDATES / 4);

    private static final int FITS = 8;
    private static final int COLLECTIONS = 50;

    @TempDir Path temp;

    private Runtime runtime;
    private Path picture;
    private int begun;

    @BeforeEach
    void start() throws IOException {
        runtime = Runtime.start(temp);
        picture = Pictures.waves(temp.resolve("waves.png"), 24, 24);
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    @Test
    void allFitsEndAndNothingOfTheOldOnesStays() throws Exception {
        Bundle template = runtime.deployTemplate();
        update(template, WARM_UP);
        Footprint before = Footprint.now();

        List<WeakReference<ClassLoader>> old = update(template, UPDATES);

        long left = alive(old);
        Footprint after = Footprint.now();
        // only now: the assertions load a hundred classes of their own
        assertThat(left).as("class loaders left").isZero();
        after.isBackAt(before);
        System.out.printf(
                "%d updates under %d fits, %d fits in all; %s, then %s%n",
                UPDATES, FITS, begun, before, after);
    }

    /**
     * So many updates, with as many fits as shall be running at each of them, until all are done.
     */
    private List<WeakReference<ClassLoader>> update(Bundle template, int times) throws Exception {
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        var running = new ArrayList<Command>();
        for (int k = 0; k < times; k++) {
            while (running.size() < FITS) {
                running.add(fit());
            }
            for (Command fit : running) {
                fit.awaitSaid("steps/s");
            }
            var wiring = template.adapt(BundleWiring.class);
            loaders.add(new WeakReference<>(wiring.getClassLoader()));
            runtime.update(template);
            running.removeIf(UpdatesTest::isDone);
        }
        for (Command fit : running) {
            fit.end().well();
        }
        return loaders;
    }

    private static boolean isDone(Command fit) {
        if (fit.isRunning()) {
            return false;
        }
        fit.end().well();
        return true;
    }

    private Command fit() {
        begun++;
        return runtime.start(
                "fit",
                picture.toString(),
                "--as",
                "wendland",
                "--steps",
                "2000",
                "--seed",
                "" + begun,
                "--threads",
                "1",
                "--out",
                temp.resolve("fit" + begun % (2 * FITS) + ".safetensors").toString(),
                "--json");
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        long alive = loaders.size();
        for (int k = 0; k < COLLECTIONS && alive > 0; k++) {
            System.gc();
            alive = loaders.stream().filter(loader -> loader.get() != null).count();
        }
        return alive;
    }
}
