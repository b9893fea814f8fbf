package org.kernfield.shell.internal.osgi;

import org.kernfield.engine.Check;
import org.kernfield.engine.Plugin;
import org.kernfield.format.Codec;
import org.kernfield.format.Probe;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.shell.internal.bench.Movable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the framework says about bundles and services. */
final class FrameworkSurroundings implements Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(FrameworkSurroundings.class);

    private static final String COMMIT = "Kernfield-Commit";

    private final BundleContext context;
    private final Launcher launcher;
    private final DropFolders folders;
    private final ForeignHealth health;

    FrameworkSurroundings(BundleContext context, Launcher launcher) {
        this.context = context;
        this.launcher = launcher;
        this.folders = new DropFolders(context, launcher);
        this.health = new ForeignHealth(context);
    }

    @Override
    public List<Plugin> plugins() {
        Map<String, String> reasons = launcher.reasons();
        var plugins = new ArrayList<Plugin>();
        for (Bundle bundle : context.getBundles()) {
            if (!Provision.offers(bundle).isEmpty() || folders.isDropped(bundle)) {
                plugins.add(
                        new Plugin(
                                bundle.getSymbolicName(),
                                state(bundle),
                                ranking(bundle),
                                why(bundle, reasons)));
            }
        }
        folders.idle()
                .forEach(
                        (jar, why) ->
                                plugins.add(
                                        new Plugin(
                                                jar.getFileName().toString(),
                                                "not installed",
                                                0,
                                                why)));
        return plugins;
    }

    /** Why it does not run, else what is wrong with it, else what it brings. */
    private String why(Bundle bundle, Map<String, String> reasons) {
        String reason = reasons.get(key(bundle));
        if (reason != null) {
            return reason;
        }
        List<Check> told = health.of(bundle);
        return Stream.of(
                        told.stream().filter(c -> !c.ok()).map(Check::why).findFirst().orElse(""),
                        Provision.offers(bundle),
                        Provision.services(bundle),
                        told.stream().map(Check::why).findFirst().orElse(""))
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElseGet(() -> Provision.packages(bundle));
    }

    private static String state(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.INSTALLED -> "unresolved";
            case Bundle.RESOLVED -> "stopped";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.ACTIVE -> "active";
            default -> "uninstalled";
        };
    }

    private static int ranking(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        return services == null
                ? 0
                : Arrays.stream(services)
                        .map(s -> s.getProperty(Constants.SERVICE_RANKING))
                        .filter(Integer.class::isInstance)
                        .mapToInt(Integer.class::cast)
                        .max()
                        .orElse(0);
    }

    private static String key(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    @Override
    public Map<String, Object> inspect(Path jar) {
        return launcher.inspect(jar);
    }

    @Override
    public List<Check> problems() {
        var problems = new ArrayList<Check>();
        launcher.reasons()
                .forEach(
                        (bundle, why) ->
                                problems.add(Check.bad("bundle " + bundle, why, Remedies.of(why))));
        folders.idle()
                .forEach(
                        (jar, why) ->
                                problems.add(
                                        Check.bad(
                                                "jar " + jar,
                                                why,
                                                "put a whole plugin in its place, or remove it")));
        return problems;
    }

    @Override
    public List<Check> nativeAccess() {
        return new NativeAccess(context).checks();
    }

    @Override
    public List<Check> health() {
        return health.checks();
    }

    @Override
    public Optional<Format> format(Probe head) {
        try {
            for (var reference : context.getServiceReferences(Codec.class, null)) {
                Codec<?> codec = context.getService(reference);
                try {
                    if (codec != null && accepts(codec, head)) {
                        return Optional.of(Format.of(codec));
                    }
                } finally {
                    context.ungetService(reference);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return Optional.empty();
    }

    /** One that fails is passed over: others may know the file. */
    private static boolean accepts(Codec<?> codec, Probe head) {
        try {
            return codec.accepts(head);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: it fails when it is asked what a file is", codec.getClass().getName(), e);
            return false;
        }
    }

    @Override
    public Optional<Path> samplePlugin() {
        Optional<Path> examples = folders.directory("kernfield.distribution", "examples");
        if (examples.isEmpty()) {
            return examples;
        }
        try (var jars = Files.list(examples.get())) {
            return jars.filter(DropFolders::isJar).sorted().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Movable> movable(String backend) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .filter(bundle -> Provision.offers(bundle).contains("backend " + backend))
                .<Movable>map(bundle -> new MovableBundle(context, bundle))
                .findFirst();
    }

    @Override
    public Optional<Path> dropFolder() {
        return folders.own();
    }

    @Override
    public Optional<Path> distribution() {
        return Optional.ofNullable(context.getProperty("kernfield.distribution")).map(Path::of);
    }

    @Override
    public Build build() {
        Bundle bundle = context.getBundle();
        // OSGi writes 0.1.0.SNAPSHOT where Maven writes 0.1.0-SNAPSHOT
        String version = bundle.getVersion().toString().replace(".SNAPSHOT", "-SNAPSHOT");
        String commit = bundle.getHeaders().get(COMMIT);
        return new Build(version, commit == null || commit.isBlank() ? "unknown" : commit);
    }
}
