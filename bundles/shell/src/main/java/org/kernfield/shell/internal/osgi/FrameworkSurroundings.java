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
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the framework says about bundles and services. */
final class FrameworkSurroundings implements Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(FrameworkSurroundings.class);

    /** Namespaces of the capabilities that make a bundle a plugin begin so. */
    private static final String CAPABILITY = "kernfield.";

    private static final String COMMIT = "Kernfield-Commit";

    private final BundleContext context;

    FrameworkSurroundings(BundleContext context) {
        this.context = context;
    }

    @Override
    public List<Plugin> plugins() {
        Map<String, String> reasons = reasons();
        var plugins = new ArrayList<Plugin>();
        for (Bundle bundle : context.getBundles()) {
            String offers = offers(bundle);
            if (!offers.isEmpty() || isDropped(bundle)) {
                String reason = reasons.get(key(bundle));
                plugins.add(
                        new Plugin(
                                bundle.getSymbolicName(),
                                state(bundle),
                                ranking(bundle),
                                reason == null ? offers : reason));
            }
        }
        return plugins;
    }

    private static String offers(Bundle bundle) {
        var revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return "";
        }
        return revision.getDeclaredCapabilities(null).stream()
                .filter(c -> c.getNamespace().startsWith(CAPABILITY))
                .map(
                        c ->
                                c.getNamespace().substring(CAPABILITY.length())
                                        + " "
                                        + c.getAttributes().values().stream()
                                                .map(String::valueOf)
                                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
    }

    /** The watcher of the drop folders calls a bundle by the place of its jar. */
    private boolean isDropped(Bundle bundle) {
        String location = bundle.getLocation();
        // a path's URI has an empty authority, a file's has none
        return folders().stream()
                .map(folder -> folder.toUri().toString().replaceFirst("^file:///", "file:/"))
                .anyMatch(location::startsWith);
    }

    private List<Path> folders() {
        var folders = new ArrayList<Path>();
        for (String place : List.of("kernfield.distribution", "kernfield.home")) {
            directory(place, "plugins").ifPresent(folders::add);
        }
        return folders;
    }

    private Optional<Path> directory(String property, String name) {
        return Optional.ofNullable(context.getProperty(property))
                .map(root -> Path.of(root, name))
                .filter(Files::isDirectory);
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

    /** Why bundles do not run, in the launcher's words. */
    private Map<String, String> reasons() {
        var reasons = new TreeMap<String, String>();
        try {
            for (var reference :
                    context.getServiceReferences(Supplier.class, "(kernfield.problems=true)")) {
                Supplier<?> problems = context.getService(reference);
                if (problems != null && problems.get() instanceof Map<?, ?> found) {
                    found.forEach((bundle, why) -> reasons.put("" + bundle, "" + why));
                }
                context.ungetService(reference);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return reasons;
    }

    @Override
    public Map<String, Object> inspect(Path jar) {
        try {
            for (var reference :
                    context.getServiceReferences(Function.class, "(kernfield.inspection=true)")) {
                @SuppressWarnings("unchecked")
                Function<String, Map<String, Object>> inspection = context.getService(reference);
                try {
                    if (inspection != null) {
                        return inspection.apply(jar.toString());
                    }
                } finally {
                    context.ungetService(reference);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalArgumentException("the launcher is not there to look into it");
    }

    @Override
    public List<Check> problems() {
        return reasons().entrySet().stream()
                .map(
                        e ->
                                Check.bad(
                                        "bundle " + e.getKey(),
                                        e.getValue(),
                                        "add what it needs, or remove its jar"))
                .toList();
    }

    @Override
    public List<Check> health() {
        return new ForeignHealth(context).checks();
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
        Optional<Path> examples = directory("kernfield.distribution", "examples");
        if (examples.isEmpty()) {
            return examples;
        }
        try (var jars = Files.list(examples.get())) {
            return jars.filter(jar -> jar.toString().toLowerCase(Locale.ROOT).endsWith(".jar"))
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Movable> movable(String backend) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .filter(bundle -> offers(bundle).contains("backend " + backend))
                .<Movable>map(bundle -> new MovableBundle(context, bundle))
                .findFirst();
    }

    @Override
    public Optional<Path> dropFolder() {
        return directory("kernfield.home", "plugins");
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
