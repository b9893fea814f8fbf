package org.kernfield.launcher;

import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.hooks.bundle.FindHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** The running OSGi framework with the distribution's bundles in it. */
final class Framework {

    /** How long bundles, and before them an interrupted command, are given to come to an end. */
    static final Duration GRACE = Duration.ofSeconds(10);

    /**
     * Felix runs an extension of itself as it is installed, from whatever folder it comes and
     * before any hook is asked; this property of the system turns them off.
     */
    private static final String NO_EXTENSIONS = "felix.extensions.disable";

    private static final int SHELL_LEVEL = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Framework.class);

    private final org.osgi.framework.launch.Framework felix;
    private final FrameworkCache cache;
    private final AllowList allowed;
    private final Admission admission;
    private final Problems problems;

    private Framework(
            org.osgi.framework.launch.Framework felix,
            FrameworkCache cache,
            AllowList allowed,
            Distribution distribution) {
        this.felix = felix;
        this.cache = cache;
        this.allowed = allowed;
        this.admission = new Admission(allowed, cache, distribution);
        this.problems = new Problems(felix.getBundleContext(), admission);
    }

    /**
     * Starts everything; on return the distribution's and the drop folders' bundles have started.
     */
    static Framework start(Distribution distribution, Home home, Mode mode) {
        var allowed =
                AllowList.read(distribution.etc().resolve(AllowList.FILE))
                        .and(distribution.pluginDigests());
        var cache = FrameworkCache.create(home.cache());
        var settings = FrameworkSettings.of(distribution, home, cache, mode);
        System.setProperty(NO_EXTENSIONS, "true");
        @SuppressWarnings({
            "unchecked",
            "rawtypes"
        }) // Felix takes a Logger object among the strings
        var felix = new FrameworkFactory().newFramework((java.util.Map) settings);
        try {
            felix.init();
            var framework = new Framework(felix, cache, allowed, distribution);
            framework.offerServices();
            framework.install(distribution);
            felix.start();
            if (mode == Mode.SHELL) {
                framework.openShell(distribution);
            }
            return framework;
        } catch (BundleException e) {
            cache.delete();
            throw new Refusal(
                    distribution.root().toString(),
                    "the framework does not start (" + e.getMessage() + ")",
                    "see " + home.logFile(),
                    e);
        }
    }

    private void offerServices() {
        BundleContext context = felix.getBundleContext();
        context.addFrameworkListener(problems);
        context.registerService(Supplier.class, problems, marked(Services.PROBLEMS));
        context.registerService(ResolverHookFactory.class, admission, null);
        var inspection = new Inspection(context, problems, allowed);
        context.registerService(CollisionHook.class, inspection, null);
        context.registerService(FindHook.class, inspection, null);
        context.registerService(Function.class, inspection, marked(Services.INSPECTION));
        context.registerService(Function.class, new Soundness(), marked(Services.SOUNDNESS));
        offer(context, "out", System.out);
        offer(context, "err", System.err);
        context.registerService(BundleLog.NAMES, BundleLog.service(), null);
    }

    private static Hashtable<String, Object> marked(String property) {
        var properties = new Hashtable<String, Object>();
        properties.put(property, true);
        return properties;
    }

    private static void offer(BundleContext context, String name, PrintStream stream) {
        var named = new Hashtable<String, Object>();
        named.put(Services.STREAM, name);
        context.registerService(PrintStream.class, stream, named);
    }

    /** Installs and marks for starting; they start when the framework reaches their level. */
    private void install(Distribution distribution) throws BundleException {
        for (var level : distribution.bundlesByLevel().entrySet()) {
            for (Bundle bundle : install(level.getValue(), level.getKey())) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        }
    }

    /**
     * Starts the terminal once all else runs, so that its first prompt knows every command. JLine
     * looks for its native terminal through the thread's class loader, hence the detour.
     */
    private void openShell(Distribution distribution) throws BundleException {
        var thread = Thread.currentThread();
        var usual = thread.getContextClassLoader();
        try {
            for (Bundle bundle : install(distribution.shellBundles(), SHELL_LEVEL)) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
                if (bundle.getSymbolicName().equals("org.jline")) {
                    thread.setContextClassLoader(bundle.adapt(BundleWiring.class).getClassLoader());
                }
            }
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    private List<Bundle> install(List<Path> jars, int level) throws BundleException {
        var bundles = new ArrayList<Bundle>();
        for (Path jar : jars) {
            // by reference: the jar is used where it lies and nothing is copied
            var bundle = felix.getBundleContext().installBundle("reference:" + jar.toUri());
            bundle.adapt(BundleStartLevel.class).setStartLevel(level);
            bundles.add(bundle);
        }
        return bundles;
    }

    /** The framework as its bundles see it. */
    BundleContext context() {
        return felix.getBundleContext();
    }

    /** The function that runs one command. */
    ToIntFunction<String[]> command() {
        var context = felix.getBundleContext();
        try {
            for (var reference :
                    context.getServiceReferences(
                            ToIntFunction.class, "(" + Services.BATCH + "=true)")) {
                var found = context.getService(reference);
                if (found != null) {
                    @SuppressWarnings("unchecked")
                    ToIntFunction<String[]> command = found;
                    return command;
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        throw noCommand();
    }

    private Refusal noCommand() {
        var reasons = problems.get();
        reasons.forEach((bundle, why) -> LOG.error("{} {}", bundle, why));
        String first =
                reasons.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .findFirst()
                        .orElse("no bundle offers it");
        return new Refusal(
                "the command line",
                "the service that runs commands is missing (" + first + ")",
                "rebuild with `mvn package`, or look into the log for the bundles that failed");
    }

    /** Waits until somebody, for example the shell, stops the framework. */
    void awaitStop() throws InterruptedException {
        felix.waitForStop(0);
    }

    /** Stops every bundle, within {@link #GRACE}, and removes this process's storage. */
    void stop() {
        try {
            felix.stop();
            felix.waitForStop(GRACE.toMillis());
        } catch (BundleException e) {
            LOG.warn("The framework did not stop in order", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cache.delete();
        }
    }
}
