package org.kernfield.shell.internal.osgi;

import org.kernfield.engine.Check;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Whether the plugins that are here may call native code. */
final class NativeAccess {
    /** A header of jars that call native code; JEP 472. */
    private static final String CALLS_NATIVE_CODE = "Enable-Native-Access";

    private final BundleContext context;

    NativeAccess(BundleContext context) {
        this.context = context;
    }

    /** Whether plugins may call native code; empty where none does. */
    List<Check> checks() {
        List<Bundle> calling =
                Arrays.stream(context.getBundles())
                        .filter(b -> b.getHeaders("").get(CALLS_NATIVE_CODE) != null)
                        .filter(b -> b.adapt(BundleWiring.class) != null)
                        .toList();
        return calling.isEmpty()
                ? List.of()
                : List.of(
                        check(
                                names(calling.stream()),
                                names(calling.stream().filter(b -> !isAllowed(b)))));
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
    static Check check(List<String> calling, List<String> refused) {
        return refused.isEmpty()
                ? Check.good("native access", "allowed, for " + String.join(", ", calling))
                : Check.bad(
                        "native access",
                        "not allowed, and needed by " + String.join(", ", refused),
                        "start java with --enable-native-access=ALL-UNNAMED");
    }
}
