package org.kernfield.openblas.internal;

import org.kernfield.backend.LinearAlgebra;
import org.kernfield.condition.Condition;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.Hashtable;

/** OpenBLAS as an OSGi service, if there is one; its library goes with the bundle. */
@Component(
        service = {},
        immediate = true)
public final class OpenBlasComponent {
    private static final Logger LOG = LoggerFactory.getLogger(OpenBlasComponent.class);

    private OpenBlas openBlas;
    private ServiceRegistration<LinearAlgebra> registration;

    @Activate
    void start(BundleContext context) {
        LibrarySearch search = LibrarySearch.ofProcess(home(context));
        try {
            openBlas = OpenBlas.find(search);
        } catch (IllegalStateException e) {
            LOG.info("{}", e.getMessage());
            String why = e.getMessage().replaceFirst("^" + OpenBlas.NAME + ": ", "");
            new Condition(search.isTurnedOff(), why).tell(context, OpenBlas.NAME);
            return;
        }
        var properties = new Hashtable<String, Object>();
        properties.put(Constants.SERVICE_RANKING, OpenBlas.RANKING);
        registration = context.registerService(LinearAlgebra.class, openBlas.algebra(), properties);
        String library = openBlas.library().name();
        LOG.info("openblas: linear algebra on {}", library);
        new Condition(true, "linear algebra on " + library).tell(context, OpenBlas.NAME);
    }

    private static Path home(BundleContext context) {
        String home = context.getProperty("kernfield.home");
        return Path.of(home == null ? System.getProperty("user.home") + "/.kernfield" : home);
    }

    /** Whoever uses the service has left it when unregistering returns, or is broken off. */
    @Deactivate
    void stop() {
        if (registration != null) {
            registration.unregister();
        }
        if (openBlas != null) {
            openBlas.close();
        }
    }
}
