package org.kernfield.launcher;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Which bundles do not run, and why, in words: asked afresh each time, since plugins come and go.
 */
final class Problems implements Supplier<Map<String, String>>, FrameworkListener {

    private static final Pattern PACKAGE =
            Pattern.compile("\\(" + PackageNamespace.PACKAGE_NAMESPACE + "=([^)]+)\\)");

    private final BundleContext framework;
    private final Admission admission;
    private final Map<Long, Throwable> failures = new ConcurrentHashMap<>();

    Problems(BundleContext framework, Admission admission) {
        this.framework = framework;
        this.admission = admission;
    }

    /** Remembers what starting a bundle ended with, which the framework says only once. */
    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR && event.getThrowable() != null) {
            failures.put(event.getBundle().getBundleId(), event.getThrowable());
        }
    }

    @Override
    public Map<String, String> get() {
        var reasons = new TreeMap<String, String>();
        for (Bundle bundle : framework.getBundles()) {
            if (Inspection.isLookedInto(bundle)) {
                continue;
            }
            if (bundle.getState() == Bundle.INSTALLED) {
                reasons.put(name(bundle), unresolved(bundle));
            } else if (bundle.getState() == Bundle.RESOLVED && !isFragment(bundle)) {
                reasons.put(name(bundle), stopped(bundle));
            }
        }
        return reasons;
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    private static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
    }

    private String stopped(Bundle bundle) {
        Throwable failure = failures.get(bundle.getBundleId());
        return failure == null ? "is stopped" : "failed to start: " + rootMessage(failure);
    }

    private String unresolved(Bundle bundle) {
        Optional<String> refused = admission.refuses(bundle);
        if (refused.isPresent()) {
            return refused.get();
        }
        List<String> missing = missing(bundle);
        if (!missing.isEmpty()) {
            return String.join("; ", missing);
        }
        Throwable failure = failures.get(bundle.getBundleId());
        return failure == null ? "has not been resolved yet" : rootMessage(failure);
    }

    /** What a bundle needs and nothing provides, in words. */
    List<String> missing(Bundle bundle) {
        var missing = new ArrayList<String>();
        for (BundleRequirement need :
                bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            if (isMandatory(need)) {
                missing.addAll(unmet(bundle, need));
            }
        }
        return missing;
    }

    static boolean isMandatory(BundleRequirement need) {
        var directives = need.getDirectives();
        return !Constants.RESOLUTION_OPTIONAL.equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
                && !Constants.EFFECTIVE_ACTIVE.equals(
                        directives.get(Constants.EFFECTIVE_DIRECTIVE));
    }

    private List<String> unmet(Bundle bundle, BundleRequirement need) {
        var system = framework.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        List<Bundle> providers =
                system.adapt(FrameworkWiring.class).findProviders(need).stream()
                        .map(provider -> provider.getRevision().getBundle())
                        .filter(b -> b.equals(bundle) || !Inspection.isLookedInto(b))
                        .toList();
        if (providers.isEmpty()) {
            return List.of(
                    "needs "
                            + words(need)
                            + otherVersion(need).orElse(", which nothing here provides"));
        }
        boolean anyUsable =
                providers.stream()
                        .anyMatch(b -> b.equals(bundle) || b.getState() != Bundle.INSTALLED);
        if (anyUsable) {
            return List.of();
        }
        return List.of(
                "needs %s of %s, which is itself not resolved"
                        .formatted(words(need), name(providers.getFirst())));
    }

    /** Who has the package that is needed, in a version that does not do. */
    private Optional<String> otherVersion(BundleRequirement need) {
        String filter = need.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        var name = PACKAGE.matcher(filter);
        if (!name.find()) {
            return Optional.empty();
        }
        return Arrays.stream(framework.getBundles())
                .filter(bundle -> !Inspection.isLookedInto(bundle))
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .filter(Objects::nonNull)
                .flatMap(
                        r -> r.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream())
                .filter(
                        c ->
                                name.group(1)
                                        .equals(
                                                c.getAttributes()
                                                        .get(PackageNamespace.PACKAGE_NAMESPACE)))
                .findFirst()
                .map(
                        c ->
                                ", while %s has version %s"
                                        .formatted(
                                                title(c.getRevision().getBundle()),
                                                c.getAttributes()
                                                        .get(Constants.VERSION_ATTRIBUTE)));
    }

    private static String title(Bundle bundle) {
        String title = bundle.getHeaders("").get(Constants.BUNDLE_NAME);
        return title == null ? bundle.getSymbolicName() : title;
    }

    static String words(BundleRequirement need) {
        String filter = need.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        return switch (need.getNamespace()) {
            case PackageNamespace.PACKAGE_NAMESPACE -> "the package " + plain(filter);
            case HostNamespace.HOST_NAMESPACE -> "its host bundle " + filter;
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
                    "another Java " + filter;
            default -> "the capability " + need.getNamespace() + " " + filter;
        };
    }

    /**
     * {@code (&(osgi.wiring.package=a.b)(version>=1.2.0)...)} as {@code a.b version>=1.2.0 ...}.
     */
    private static String plain(String filter) {
        return filter.replace("(&", "")
                .replace(PackageNamespace.PACKAGE_NAMESPACE + "=", "")
                .replaceAll("\\(!\\(version>=([^)]*)\\)\\)", " version<$1")
                .replace(")(", " ")
                .replaceAll("[()]", "")
                .strip();
    }

    static String rootMessage(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null
                && (at instanceof BundleException || at.getMessage() == null)) {
            at = at.getCause();
        }
        return at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
    }
}
