package org.kernfield.itests.strategy;

import org.kernfield.splat.DensityStrategy;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the strategy, without any help of component runtimes. */
public final class Activator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        context.registerService(DensityStrategy.class, new Doubling(), null);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the service back
    }
}
