package org.kernfield.shell.internal.osgi;

import org.kernfield.shell.internal.bench.Movable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A running bundle whose jar is at hand. */
final class MovableBundle implements Movable {
    private static final int COLLECTIONS = 30;
    private static final Duration REFRESH = Duration.ofSeconds(60);

    private final BundleContext context;
    private final Bundle bundle;
    private final byte[][] versions;
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private int updates;

    MovableBundle(BundleContext context, Bundle bundle) {
        this.context = context;
        this.bundle = bundle;
        try (var in =
                URI.create(bundle.getLocation().replaceFirst("^reference:", ""))
                        .toURL()
                        .openStream()) {
            byte[] jar = in.readAllBytes();
            this.versions = new byte[][] {renamed(jar, "moved-a"), renamed(jar, "moved-b")};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        note();
    }

    /** The same jar under another version. */
    private static byte[] renamed(byte[] jar, String qualifier) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = new JarInputStream(new ByteArrayInputStream(jar))) {
            var manifest = new Manifest(in.getManifest());
            Attributes headers = manifest.getMainAttributes();
            String[] parts = headers.getValue(Constants.BUNDLE_VERSION).split("\\.");
            headers.putValue(
                    Constants.BUNDLE_VERSION,
                    parts[0] + "." + parts[1] + "." + parts[2] + "." + qualifier);
            try (var out = new JarOutputStream(bytes, manifest)) {
                for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
        return bytes.toByteArray();
    }

    private void note() {
        var wiring = bundle.adapt(BundleWiring.class);
        if (wiring != null) {
            ClassLoader loader = wiring.getClassLoader();
            if (loaders.stream().noneMatch(known -> known.get() == loader)) {
                loaders.add(new WeakReference<>(loader));
            }
        }
    }

    @FunctionalInterface
    private interface Change {
        void make() throws BundleException, InterruptedException;
    }

    private void change(Change change) {
        try {
            change.make();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        note();
    }

    @Override
    public void stop() {
        change(bundle::stop);
    }

    @Override
    public void start() {
        change(bundle::start);
    }

    @Override
    public void restart(Restart way) {
        switch (way) {
            case BOUNCE ->
                    change(
                            () -> {
                                bundle.stop();
                                bundle.start();
                            });
            case UPDATE -> {
                byte[] next = versions[updates++ % versions.length];
                change(() -> bundle.update(new ByteArrayInputStream(next)));
                refresh();
            }
            case REFRESH -> refresh();
        }
    }

    private void refresh() {
        change(
                () -> {
                    var done = new CountDownLatch(1);
                    context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                            .adapt(FrameworkWiring.class)
                            .refreshBundles(List.of(bundle), event -> done.countDown());
                    if (!done.await(REFRESH.toSeconds(), TimeUnit.SECONDS)) {
                        throw new IllegalStateException(
                                "%s: it was not refreshed within %d s"
                                        .formatted(bundle.getSymbolicName(), REFRESH.toSeconds()));
                    }
                });
    }

    @Override
    public int leakedLoaders() {
        var wiring = bundle.adapt(BundleWiring.class);
        ClassLoader current = wiring == null ? null : wiring.getClassLoader();
        long alive = loaders.size();
        for (int k = 0; k < COLLECTIONS && alive > 0; k++) {
            System.gc();
            alive =
                    loaders.stream()
                            .map(WeakReference::get)
                            .filter(loader -> loader != null && loader != current)
                            .count();
        }
        return (int) alive;
    }
}
