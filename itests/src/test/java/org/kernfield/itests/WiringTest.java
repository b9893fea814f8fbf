package org.kernfield.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every bundle of Kernfield resolves and starts in a framework. */
@ExtendWith(BundleContextExtension.class)
class WiringTest {

    private static final String OURS = "org.kernfield.";

    @InjectBundleContext BundleContext context;

    @Test
    void startsEveryBundle() {
        var idle =
                ours().filter(b -> b.getState() != Bundle.ACTIVE)
                        .map(b -> b.getSymbolicName() + " in state " + b.getState())
                        .toList();
        assertEquals(List.of(), idle, "bundles that do not run");
    }

    @Test
    void hasTheEngineAndItsPlugins() {
        var names = ours().map(Bundle::getSymbolicName).toList();
        var expected =
                List.of(
                        "org.kernfield.core",
                        "org.kernfield.numerics",
                        "org.kernfield.reference",
                        "org.kernfield.engine",
                        "org.kernfield.io",
                        "org.kernfield.splat.tools",
                        "org.kernfield.shell",
                        "org.kernfield.plugin.cpu",
                        "org.kernfield.plugin.rbf");
        assertTrue(names.containsAll(expected), () -> "only " + names);
    }

    @Test
    void runsOnTheJavaTheSourcesAreFor() {
        assertTrue(Runtime.version().feature() >= 25, () -> Runtime.version().toString());
    }

    private Stream<Bundle> ours() {
        return Arrays.stream(context.getBundles())
                .filter(b -> b.getSymbolicName() != null && b.getSymbolicName().startsWith(OURS));
    }
}
