package org.kernfield.shell.internal.osgi;

import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a bundle brings, in a few words. */
final class Provision {
    /** Namespaces of the capabilities that make a bundle a plugin begin so. */
    private static final String CAPABILITY = "kernfield.";

    /** So do the types of services that the engine asks for. */
    private static final String SERVICE = "org.kernfield.";

    private Provision() {}

    /** What its manifest says for those who look for plugins; empty where that is nothing. */
    static String offers(Bundle bundle) {
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

    /** The services that it has registered now, by their types; empty where there are none. */
    static String services(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        return services == null
                ? ""
                : Arrays.stream(services)
                        .map(s -> (String[]) s.getProperty(Constants.OBJECTCLASS))
                        .flatMap(Stream::of)
                        .filter(type -> type.startsWith(SERVICE))
                        .map(Provision::words)
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    /** {@code org.kernfield.backend.LinearAlgebra} as {@code linear algebra}. */
    static String words(String type) {
        return type.substring(type.lastIndexOf('.') + 1)
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** What others may import from it, or that it is nothing. */
    static String packages(Bundle bundle) {
        var revision = bundle.adapt(BundleRevision.class);
        long count =
                revision == null
                        ? 0
                        : revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)
                                .size();
        return count == 0
                ? "nothing that Kernfield asks for"
                : "%,d packages for other plugins".formatted(count);
    }
}
