package org.kernfield.shell.internal.osgi;

import org.kernfield.backend.LinearAlgebra;
import org.kernfield.engine.Check;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.BundleWiring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the plugins that are here have in common to compute with. */
final class Facilities {
    /** A header of jars that call native code; JEP 472. */
    private static final String CALLS_NATIVE_CODE = "Enable-Native-Access";

    private final BundleContext context;

    Facilities(BundleContext context) {
        this.context = context;
    }

    List<Check> checks() {
        var checks = new ArrayList<Check>();
        checks.add(linearAlgebra(algebras()));
        nativeAccess(checks);
        return checks;
    }

    /**
     * @param name of a linear algebra
     * @param ranking of it, higher first
     */
    record Algebra(String name, int ranking) {}

    private List<Algebra> algebras() {
        var algebras = new ArrayList<Algebra>();
        try {
            for (var reference : context.getServiceReferences(LinearAlgebra.class, null)) {
                LinearAlgebra algebra = context.getService(reference);
                if (algebra != null) {
                    algebras.add(new Algebra(algebra.name(), algebra.ranking()));
                }
                context.ungetService(reference);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return algebras;
    }

    static Check linearAlgebra(List<Algebra> algebras) {
        if (algebras.isEmpty()) {
            return Check.bad("linear algebra", "there is none", "start the cpu plugin's bundle");
        }
        List<Algebra> ranked =
                algebras.stream()
                        .sorted(Comparator.comparingInt(Algebra::ranking).reversed())
                        .toList();
        String others =
                ranked.stream()
                        .skip(1)
                        .map(a -> a.name() + " (" + a.ranking() + ")")
                        .collect(Collectors.joining(", "));
        Algebra first = ranked.getFirst();
        return Check.good(
                "linear algebra",
                "%s (%d) comes first%s"
                        .formatted(
                                first.name(),
                                first.ranking(),
                                others.isEmpty() ? "" : ", then " + others));
    }

    private void nativeAccess(List<Check> checks) {
        List<Bundle> calling =
                Arrays.stream(context.getBundles())
                        .filter(b -> b.getHeaders("").get(CALLS_NATIVE_CODE) != null)
                        .filter(b -> b.adapt(BundleWiring.class) != null)
                        .toList();
        if (!calling.isEmpty()) {
            checks.add(
                    nativeAccess(
                            names(calling.stream()),
                            names(calling.stream().filter(b -> !isAllowed(b)))));
        }
    }

    private static List<String> names(Stream<Bundle> bundles) {
        return bundles.map(Bundle::getSymbolicName).toList();
    }

    private static boolean isAllowed(Bundle bundle) {
        return bundle.adapt(BundleWiring.class)
                .getClassLoader()
                .getUnnamedModule()
                .isNativeAccessEnabled();
    }

    /**
     * @param calling plugins that call native code
     * @param refused those of them that may not
     */
    static Check nativeAccess(List<String> calling, List<String> refused) {
        return refused.isEmpty()
                ? Check.good("native access", "allowed, for " + String.join(", ", calling))
                : Check.bad(
                        "native access",
                        "not allowed, and needed by " + String.join(", ", refused),
                        "start java with --enable-native-access=ALL-UNNAMED");
    }
}
