package org.kernfield.launcher;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

import java.util.Hashtable;
import java.util.function.ToIntFunction;

/** A bundle for {@link FrameworkTest}: its command answers with the number of arguments. */
public final class AnsweringActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        var properties = new Hashtable<String, Object>();
        properties.put("kernfield.batch", true);
        ToIntFunction<String[]> command = args -> args.length;
        context.registerService(ToIntFunction.class, command, properties);
    }

    @Override
    public void stop(BundleContext context) {}
}
