package org.kernfield.itests.nd4j;

import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.FrameworkWiring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Felix with the services' types from this class path and the plugins as bundles. */
final class Framework implements AutoCloseable {
    private static final Path BUNDLES = Path.of("target", "bundles");
    private static final String TYPES =
            String.join(
                    ",",
                    "org.slf4j;version=2.0.17",
                    "org.slf4j.event;version=2.0.17",
                    "org.slf4j.helpers;version=2.0.17",
                    "org.slf4j.spi;version=2.0.17",
                    "org.kernfield.kernel;version=0.1.0",
                    "org.kernfield.backend;version=0.1.0",
                    "org.kernfield.field;version=0.1.0",
                    "org.kernfield.format;version=0.1.0",
                    "org.kernfield.engine;version=0.1.0",
                    "org.kernfield.numerics;version=0.1.0",
                    "org.kernfield.numerics.fourier;version=0.1.0",
                    "org.kernfield.numerics.lapack;version=0.1.0");

    private final Felix felix;

    /**
     * @param home Kernfield's, where natives are unpacked
     */
    Framework(Path home) throws BundleException {
        Map<String, Object> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, home.resolve("framework").toString());
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, TYPES);
        settings.put("kernfield.home", home.toString());
        felix = new Felix(settings);
        felix.start();
        for (String name :
                List.of(
                        "org.osgi.util.function",
                        "org.osgi.util.promise",
                        "org.osgi.service.component",
                        "org.apache.felix.scr")) {
            install(name);
        }
    }

    static Path jar(String name) {
        return BUNDLES.resolve(name + ".jar");
    }

    /** Installs and starts. */
    Bundle install(String name) throws BundleException {
        Bundle bundle =
                felix.getBundleContext().installBundle("reference:" + jar(name).toUri().toString());
        bundle.start();
        return bundle;
    }

    /** Installs, but from a copy, so that it can be updated. */
    Bundle installCopy(String name) throws BundleException, IOException {
        try (InputStream in = Files.newInputStream(jar(name))) {
            Bundle bundle = felix.getBundleContext().installBundle(name, in);
            bundle.start();
            return bundle;
        }
    }

    /** Stops, updates, refreshes and starts a bundle, and only that. */
    void update(Bundle bundle, String name) throws Exception {
        bundle.stop();
        try (InputStream in = Files.newInputStream(jar(name))) {
            bundle.update(in);
        }
        refresh(List.of(bundle));
        bundle.start();
    }

    void refresh(Collection<Bundle> bundles) throws InterruptedException {
        var done = new CountDownLatch(1);
        felix.adapt(FrameworkWiring.class)
                .refreshBundles(
                        bundles,
                        event -> {
                            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                                done.countDown();
                            }
                        });
        done.await();
    }

    /** The service of a type that a bundle has registered. */
    <S> Optional<S> service(Class<S> type, Bundle from) throws Exception {
        for (ServiceReference<S> reference :
                felix.getBundleContext().getServiceReferences(type, null)) {
            if (from.equals(reference.getBundle())) {
                return Optional.of(felix.getBundleContext().getService(reference));
            }
        }
        return Optional.empty();
    }

    /** Registers a service as if a bundle had, until what is returned is unregistered. */
    <S> ServiceRegistration<S> offer(Class<S> type, S service, int ranking) {
        return felix.getBundleContext()
                .registerService(
                        type, service, new Hashtable<>(Map.of(Constants.SERVICE_RANKING, ranking)));
    }

    @Override
    public void close() throws Exception {
        felix.stop();
        felix.waitForStop(10_000);
    }
}
