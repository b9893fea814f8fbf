package org.kernfield.nd4j.internal;

import org.kernfield.backend.Backend;
import org.kernfield.backend.LinearAlgebra;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;

/** ND4J's backend and linear algebra as OSGi services, if ND4J starts and computes rightly. */
@Component(
        service = {},
        immediate = true)
@Capability(namespace = "kernfield.backend", attribute = "name=nd4j")
public final class Nd4jComponent {
    private static final Logger LOG = LoggerFactory.getLogger(Nd4jComponent.class);

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private Nd4jRuntime runtime;

    @Activate
    void start(BundleContext context) {
        String home = context.getProperty("kernfield.home");
        if (home != null && System.getProperty(Nd4jRuntime.CACHE) == null) {
            System.setProperty(Nd4jRuntime.CACHE, Path.of(home, "natives").toString());
        }
        try {
            runtime = Nd4jRuntime.start();
        } catch (IllegalStateException e) {
            LOG.error("{}", e.getMessage());
            return;
        }
        registrations.add(
                context.registerService(
                        LinearAlgebra.class, runtime.algebra(), ranking(Nd4jRuntime.RANKING)));
        registrations.add(
                context.registerService(
                        Backend.class, new Nd4jBackend(runtime), ranking(Nd4jBackend.RANKING)));
        LOG.info("nd4j: ND4J {} on {}", runtime.version(), runtime.library().name());
    }

    private static Dictionary<String, Object> ranking(int ranking) {
        return new Hashtable<>(Map.of(Constants.SERVICE_RANKING, ranking));
    }

    /** Whoever uses the services has left them when unregistering returns, or is broken off. */
    @Deactivate
    void stop() {
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
        if (runtime != null) {
            runtime.library().close();
        }
    }
}
