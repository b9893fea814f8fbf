package org.kernfield.nd4j.internal;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;

/** Services that a bundle offers until it takes all of them back; none stays after that. */
final class Offers implements AutoCloseable {
    private final BundleContext context;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private boolean isClosed;

    Offers(BundleContext context) {
        this.context = context;
    }

    /** Registers a service, and takes it back at once if this is closed meanwhile. */
    <S> void add(Class<S> type, S service, int ranking) {
        if (isClosed()) {
            return;
        }
        var properties = new Hashtable<String, Object>();
        properties.put(Constants.SERVICE_RANKING, ranking);
        // listeners are called meanwhile, so no lock is held
        ServiceRegistration<S> registration = context.registerService(type, service, properties);
        if (!isKept(registration)) {
            unregister(registration);
        }
    }

    private synchronized boolean isClosed() {
        return isClosed;
    }

    private synchronized boolean isKept(ServiceRegistration<?> registration) {
        return !isClosed && registrations.add(registration);
    }

    /** Whoever uses the services has left them when this returns, or is broken off. */
    @Override
    public void close() {
        taken().forEach(Offers::unregister);
    }

    private synchronized List<ServiceRegistration<?>> taken() {
        isClosed = true;
        var taken = List.copyOf(registrations);
        registrations.clear();
        return taken;
    }

    private static void unregister(ServiceRegistration<?> registration) {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            // the framework has done so, as the bundle has stopped
        }
    }
}
