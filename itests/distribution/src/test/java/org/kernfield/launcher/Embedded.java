package org.kernfield.launcher;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The distribution in a test's own process, started by the launcher's own code, so that a test can
 * watch bundles and class loaders. Commands print to the process's standard streams.
 */
public final class Embedded implements AutoCloseable {
    private final Framework framework;
    private final ToIntFunction<String[]> command;
    private final BundleContext context;

    private Embedded(Framework framework) {
        this.framework = framework;
        this.command = framework.command();
        this.context =
                FrameworkUtil.getBundle(command.getClass())
                        .getBundleContext()
                        .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                        .getBundleContext();
    }

    public static Embedded start(Path distribution, Path home) {
        LogSetup.into(Path.of(System.getProperty("kernfield.log.file")));
        return new Embedded(
                Framework.start(
                        new Distribution(distribution),
                        Home.open(Map.of(Home.VARIABLE, home.toString())),
                        Mode.BATCH));
    }

    /** The system bundle's, which sees every bundle and service. */
    public BundleContext context() {
        return context;
    }

    /** Runs one command as batch mode does; its exit status. */
    public int run(String... vector) {
        return command.applyAsInt(vector);
    }

    @Override
    public void close() {
        framework.stop();
    }
}
