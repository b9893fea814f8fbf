package org.kernfield.nd4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.felix.hc.api.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Backend;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is offered goes when the bundle stops or ND4J does not start, whatever happens meanwhile.
 */
class OffersTest {
    @TempDir Path home;

    private final Set<Object> services = ConcurrentHashMap.newKeySet();
    private Runnable meanwhile = () -> {};

    private static <T> T made(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Keeps account of services, knows Kernfield's home and a better linear algebra. */
    private BundleContext context() {
        var bundle =
                made(
                        Bundle.class,
                        (self, method, arguments) ->
                                method.getName().equals("getVersion") ? new Version("1.0") : null);
        return made(
                BundleContext.class,
                (self, method, arguments) ->
                        switch (method.getName()) {
                            case "registerService" -> registration(arguments[1]);
                            case "getProperty" -> home.toString();
                            case "getBundle" -> bundle;
                            case "getServiceReferences" ->
                                    List.of(made(ServiceReference.class, (s, m, a) -> null));
                            default -> throw new AssertionError(method);
                        });
    }

    private ServiceRegistration<?> registration(Object service) {
        services.add(service);
        meanwhile.run();
        return made(
                ServiceRegistration.class,
                (self, method, arguments) -> {
                    if (!services.remove(service)) {
                        throw new IllegalStateException("not registered");
                    }
                    return null;
                });
    }

    @Test
    void takesAllBack() {
        var offers = new Offers(context());
        offers.add(String.class, "a", 1);
        offers.add(String.class, "b", 1);
        assertThat(services).containsExactlyInAnyOrder("a", "b");
        services.remove("a");
        offers.close();
        offers.close();
        assertThat(services).isEmpty();
        offers.add(String.class, "c", 1);
        assertThat(services).isEmpty();
    }

    @Test
    void takesBackWhatWasRegisteredWhileItWasClosed() {
        var offers = new Offers(context());
        meanwhile = offers::close;
        offers.add(String.class, "a", 1);
        assertThat(services).isEmpty();
    }

    @Test
    void aBackendThatWasOfferedBeforeItsStartFailedGoes() throws InterruptedException {
        String cache = System.getProperty(Nd4jRuntime.CACHE);
        System.setProperty(Nd4jRuntime.CACHE, home.toString());
        try {
            new HealthNote(home, "1.0.0").write("1.0.0-M2.1");
            var component = new Nd4jComponent();
            component.start(context());
            assertThat(services).hasSize(2).hasAtLeastOneElementOfType(Backend.class);
            component.failed(new IllegalStateException("nd4j: it is broken; mend it"));
            long end = System.nanoTime() + 10_000_000_000L;
            while (services.size() > 1 && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            assertThat(services)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            HealthCheck.class,
                            check ->
                                    assertThat(check.execute().toString())
                                            .contains("WARN", "it is broken; mend it"));
            component.stop();
        } finally {
            restore(cache);
        }
    }

    private static void restore(String cache) {
        if (cache == null) {
            System.clearProperty(Nd4jRuntime.CACHE);
        } else {
            System.setProperty(Nd4jRuntime.CACHE, cache);
        }
    }
}
