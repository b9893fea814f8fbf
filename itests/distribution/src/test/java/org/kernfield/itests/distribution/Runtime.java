package org.kernfield.itests.distribution;

import org.kernfield.launcher.Embedded;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.wiring.FrameworkWiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A running distribution with a directory of its own, and what happens to its plugins. */
final class Runtime implements AutoCloseable {
    static final String TEMPLATE = "org.kernfield.plugin.template";
    static final String CPU = "org.kernfield.plugin.cpu";
    static final String REFERENCE = "org.kernfield.reference";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path distribution;
    private final Path home;
    private final Embedded kernfield;

    /** What has happened since somebody began to wait; what nobody waits for does not pile up. */
    private final LinkedBlockingQueue<BundleEvent> events = new LinkedBlockingQueue<>(64);

    private Runtime(Path distribution, Path home) {
        this.distribution = distribution;
        this.home = home;
        Command.route();
        this.kernfield = Embedded.start(distribution, home);
        // told after everybody has acted on the event: services are bound, or gone
        kernfield.context().addBundleListener((BundleListener) events::offer);
    }

    /** As distributed. */
    static Runtime start(Path place) {
        return new Runtime(Kernfield.distribution(), place.resolve("home"));
    }

    /** With drop folders that are looked at oftener, for tests that deploy many times. */
    static Runtime startWatchful(Path place) throws IOException {
        Path watchful = place.resolve("distribution");
        copy(Kernfield.distribution(), watchful);
        Files.writeString(
                watchful.resolve("etc/kernfield.properties"), "felix.fileinstall.poll=60\n");
        return new Runtime(watchful, place.resolve("home"));
    }

    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    Path home() {
        return home;
    }

    Ended run(String... arguments) {
        return start(arguments).end();
    }

    Command start(String... arguments) {
        return Command.start(kernfield, arguments);
    }

    Bundle bundle(String name) {
        return Arrays.stream(kernfield.context().getBundles())
                .filter(b -> b.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not installed"));
    }

    BundleContext context() {
        return kernfield.context();
    }

    /** Waits until a job is in {@code state}, which it reaches soon after its cause. */
    void awaitJob(String id, String state) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String wanted = "\"id\": \"" + id + "\", \"state\": \"" + state + "\"";
        String now;
        do {
            now = run("jobs", "--json").out();
        } while (!now.contains(wanted) && System.nanoTime() < deadline);
        if (!now.contains(wanted)) {
            throw new AssertionError(id + " is not " + state + ": " + now);
        }
    }

    // ---- the drop folder

    /** Drops the template plugin and waits until it runs. */
    Bundle deployTemplate() throws IOException, InterruptedException {
        return replaceTemplate(
                distribution.resolve("examples/kernfield-template.jar"), BundleEvent.STARTED);
    }

    /** Puts a jar in the template's place and waits for what becomes of its bundle. */
    Bundle replaceTemplate(Path jar, int event) throws IOException, InterruptedException {
        events.clear();
        Path beside = Files.copy(jar, home.resolve("template.part"));
        // renamed into place, so that the watcher never sees half a file
        Files.move(beside, dropped(), StandardCopyOption.ATOMIC_MOVE);
        return await(event);
    }

    /** Deletes the dropped jar and waits until its bundle has gone. */
    void undeployTemplate() throws IOException, InterruptedException {
        events.clear();
        Files.delete(dropped());
        await(BundleEvent.UNINSTALLED);
    }

    /** Gives a dropped bundle its own code again, with a new class loader. */
    void update(Bundle bundle) throws IOException, BundleException, InterruptedException {
        try (var jar = Files.newInputStream(dropped())) {
            bundle.update(jar);
        }
        refresh(bundle);
    }

    /** Gives an updated bundle, and whoever uses its packages, its new classes. */
    void refresh(Bundle bundle) throws InterruptedException {
        var done = new CountDownLatch(1);
        kernfield
                .context()
                .getBundle()
                .adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundle), event -> done.countDown());
        if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(bundle.getSymbolicName() + " is not refreshed");
        }
    }

    private Path dropped() {
        return home.resolve("plugins/template.jar");
    }

    /** Waits for what becomes of the template's bundle. */
    Bundle await(int type) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new AssertionError(TEMPLATE + ": no bundle event " + type + " came");
            }
            if (event.getType() == type && TEMPLATE.equals(event.getBundle().getSymbolicName())) {
                return event.getBundle();
            }
        }
    }

    @Override
    public void close() {
        kernfield.close();
    }
}
