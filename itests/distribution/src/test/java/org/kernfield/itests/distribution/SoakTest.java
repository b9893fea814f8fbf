package org.kernfield.itests.distribution;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Everything at once for a while: fits that end, move, rest, go on and are cancelled, plugins that
 * leave and come, models that are drawn and evaluated. Then memory, threads and open files are what
 * they were. {@code -Dkernfield.soak=1800} makes it last half an hour; an ordinary build gives it
 * seconds.
 */
class SoakTest {
    private static final int SECONDS = Integer.getInteger("kernfield.soak", 8);
    private static final long SEED = Long.getLong("kernfield.seed", 20_260_101L);

    /** Each ends in silence; the first only warms up. */
    private static final int ROUNDS = 4;

    private static final int FITS = 3;

    @TempDir Path temp;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<Command> fits = new ArrayList<>();
    private Runtime runtime;
    private Path picture;
    private Path model;
    private Bundle template;
    private int begun;
    private int done;

    @BeforeEach
    void start() throws Exception {
        runtime = Runtime.start(temp);
        picture = Pictures.waves(temp.resolve("waves.png"), 40, 30);
        template = runtime.deployTemplate();
        model = temp.resolve("served.safetensors");
        run("fit", picture.toString(), "--as", "rbf", "--steps", "20", "--out", model.toString());
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    @Test
    void memoryThreadsAndFilesStayFlat() throws Exception {
        var footprints = new ArrayList<Footprint>();
        for (int round = 0; round < ROUNDS; round++) {
            long end = System.nanoTime() + SECONDS * 1_000_000_000L / ROUNDS;
            while (System.nanoTime() < end) {
                act();
            }
            settle();
            footprints.add(Footprint.now());
        }
        System.out.printf("soak of %d s, %d fits, %d acts: %s%n", SECONDS, begun, done, footprints);
        footprints.getLast().isBackAt(footprints.get(1));
    }

    private void act() throws IOException, InterruptedException, BundleException {
        fits.removeIf(this::hasEnded);
        while (fits.size() < FITS) {
            fits.add(fit());
        }
        switch (random.nextInt(8)) {
            case 0 -> run("render", model.toString(), "--out", file("drawn.png"));
            case 1 -> run("compare", picture.toString(), picture.toString());
            case 2 -> bounce(runtime.bundle(Runtime.CPU));
            case 3 -> bounce(runtime.bundle(Runtime.REFERENCE));
            case 4 -> runtime.update(template);
            case 5 -> run("jobs", "--json");
            case 6 -> run("info", model.toString());
            default -> ask();
        }
        done++;
    }

    private Command fit() {
        begun++;
        return runtime.start(
                "fit",
                picture.toString(),
                "--as",
                begun % 2 == 0 ? "rbf" : "wendland",
                "--steps",
                "" + (20 + random.nextInt(400)),
                "--threads",
                "" + (1 + random.nextInt(2)),
                "--out",
                file("fit" + begun % 8 + ".safetensors"),
                "--json");
    }

    private String file(String name) {
        return temp.resolve(name).toString();
    }

    private void run(String... arguments) {
        runtime.run(arguments).well();
    }

    private void bounce(Bundle bundle) throws BundleException, InterruptedException {
        bundle.stop();
        Thread.sleep(random.nextInt(300));
        bundle.start();
    }

    /** Stops, moves or rests a fit; one that has ended meanwhile refuses. */
    private void ask() throws InterruptedException {
        String job = "waves-" + (begun - random.nextInt(FITS));
        switch (random.nextInt(3)) {
            case 0 -> runtime.run("cancel", job);
            case 1 -> runtime.run("swap", job, "reference");
            default -> {
                runtime.run("pause", job);
                Thread.sleep(random.nextInt(200));
                runtime.run("resume", job, "--json");
            }
        }
    }

    private boolean hasEnded(Command fit) {
        if (fit.isRunning()) {
            return false;
        }
        Ended end = fit.end();
        if (!end.err().contains("stopped at step")) {
            end.well();
        }
        return true;
    }

    private void settle() {
        fits.forEach(Command::end);
        fits.removeIf(this::hasEnded);
    }
}
