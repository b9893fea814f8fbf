package org.kernfield.launcher;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.hooks.bundle.FindHook;
import org.osgi.framework.namespace.NativeNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a jar would bring and need if it were plugged in. It is installed for a moment, which runs
 * none of its code, and asked as any bundle is.
 */
final class Inspection implements Function<String, Map<String, Object>>, CollisionHook, FindHook {
    /** Begins the location of a jar that is looked into, by which {@link Admission} knows it. */
    static final String SCHEME = "inspect:";

    private static final String CAPABILITY = "kernfield.";

    private final BundleContext framework;
    private final Problems problems;
    private final AllowList allowed;
    private final ThreadLocal<Boolean> isLooking = ThreadLocal.withInitial(() -> false);

    Inspection(BundleContext framework, Problems problems, AllowList allowed) {
        this.framework = framework;
        this.problems = problems;
        this.allowed = allowed;
    }

    /**
     * Facts in the order in which people read them.
     *
     * @param jar path of the file
     * @throws IllegalArgumentException if it is no bundle, with the reason alone as message
     */
    @Override
    public Map<String, Object> apply(String jar) {
        Path file = Path.of(jar);
        refuseExtension(file);
        Fingerprints known;
        Bundle bundle;
        isLooking.set(true);
        try (var in = Files.newInputStream(file)) {
            known = Fingerprints.of(file);
            bundle = framework.installBundle(SCHEME + file.toUri(), in);
        } catch (IOException | BundleException e) {
            throw new IllegalArgumentException(Problems.rootMessage(e), e);
        } finally {
            isLooking.remove();
        }
        try {
            if (bundle.getSymbolicName() == null) {
                throw new IllegalArgumentException("its manifest has no Bundle-SymbolicName");
            }
            return facts(bundle, known);
        } finally {
            uninstall(bundle);
        }
    }

    /** The framework runs the activator of an extension of itself while it installs it. */
    private static void refuseExtension(Path file) {
        try {
            String host = Soundness.manifest(file).getValue(Constants.FRAGMENT_HOST);
            if (host != null && host.contains(Constants.EXTENSION_DIRECTIVE)) {
                throw new IllegalArgumentException(
                        "it extends the framework itself and would run at once; do not plug it in");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(Problems.rootMessage(e), e);
        }
    }

    private Map<String, Object> facts(Bundle bundle, Fingerprints known) {
        var revision = bundle.adapt(BundleRevision.class);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("name", bundle.getSymbolicName());
        facts.put("version", bundle.getVersion().toString());
        facts.put("offers", offers(revision));
        facts.put("imports", imports(revision));
        facts.put("missing", problems.missing(bundle));
        facts.put("exports", exports(revision));
        facts.put(
                "nativeCode", !requirements(revision, NativeNamespace.NATIVE_NAMESPACE).isEmpty());
        facts.put("sha256", known.jar());
        facts.put("signers", List.copyOf(known.signers()));
        facts.put("allowed", allowed.refuses(known).isEmpty());
        return facts;
    }

    private static List<String> offers(BundleRevision revision) {
        return revision.getDeclaredCapabilities(null).stream()
                .filter(c -> c.getNamespace().startsWith(CAPABILITY))
                .map(c -> c.getNamespace().substring(CAPABILITY.length()) + " " + values(c))
                .toList();
    }

    private static String values(BundleCapability capability) {
        return capability.getAttributes().values().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    private static List<String> exports(BundleRevision revision) {
        return revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream()
                .map(c -> "" + c.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))
                .sorted()
                .toList();
    }

    /** Each package but Java's own, with its versions and who would provide it. */
    private List<Map<String, Object>> imports(BundleRevision revision) {
        var imports = new ArrayList<Map<String, Object>>();
        for (var need : requirements(revision, PackageNamespace.PACKAGE_NAMESPACE)) {
            String wanted = Problems.words(need).replaceFirst("^the package ", "");
            if (wanted.startsWith("java.")) {
                continue;
            }
            var found = new LinkedHashMap<String, Object>();
            found.put("package", wanted);
            found.put("from", provider(need));
            found.put("optional", !Problems.isMandatory(need));
            imports.add(found);
        }
        return imports;
    }

    private static List<BundleRequirement> requirements(BundleRevision revision, String of) {
        return revision.getDeclaredRequirements(of);
    }

    private String provider(BundleRequirement need) {
        var system = framework.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        return system.adapt(FrameworkWiring.class).findProviders(need).stream()
                .map(BundleCapability::getRevision)
                .filter(r -> !isLookedInto(r.getBundle()))
                .map(BundleRevision::getSymbolicName)
                .findFirst()
                .orElse(null);
    }

    private static void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean isLookedInto(Bundle bundle) {
        return bundle.getLocation().startsWith(SCHEME);
    }

    /** A jar may be looked at while a bundle of its name and version runs, or is installed. */
    @Override
    public void filterCollisions(int operation, Bundle target, Collection<Bundle> collisions) {
        if (isLooking.get()) {
            collisions.clear();
        } else {
            collisions.removeIf(Inspection::isLookedInto);
        }
    }

    /** The watcher of the drop folders would take a jar that is looked at for the installed one. */
    @Override
    public void find(BundleContext asking, Collection<Bundle> bundles) {
        bundles.removeIf(Inspection::isLookedInto);
    }
}
