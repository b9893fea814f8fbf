package org.kernfield.itests.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;
import org.kernfield.kernel.Kernel;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plugins that own native code come and go in one process, and nothing of them stays. */
class NativePluginsTest {
    private static final int UPDATES = 50;

    /** Where JavaCPP unpacks, and what is noted there; see {@code HealthNote}. */
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    private static final Path NOTE = Path.of("natives", "nd4j.well");

    @TempDir static Path home;
    private static Framework framework;

    @BeforeAll
    static void start() throws Exception {
        framework = new Framework(home);
    }

    @AfterAll
    static void stop() throws Exception {
        framework.close();
    }

    private static WeakReference<ClassLoader> loader(Bundle bundle) {
        return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
    }

    private static void assertCollected(List<WeakReference<ClassLoader>> loaders)
            throws InterruptedException {
        for (int turn = 0; turn < 50 && loaders.stream().anyMatch(l -> l.get() != null); turn++) {
            System.gc();
            Thread.sleep(100);
        }
        assertThat(loaders).filteredOn(l -> l.get() != null).isEmpty();
    }

    private static boolean isMapped(String file) throws IOException {
        return Files.readString(Path.of("/proc/self/maps")).contains(file);
    }

    /** Σ_j x·p_j = 12 for x = 2 and p = 1, 2, 3. */
    private static double compute(Backend backend) {
        var k = Kernel.build("product");
        k.output("y", k.input("x").times(k.param("p")));
        Reduction sum = Reduction.sum(k.done(), Neighbourhood.ALL);
        var resources = new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE);
        try (var session = backend.open(resources)) {
            Buffer x = session.allocate(ElementType.F32, 1, 1);
            x.write(Array.of(1, 2f));
            Buffer p = session.allocate(ElementType.F32, 3, 1);
            p.write(Array.of(1, 1f, 2f, 3f));
            Buffer y = session.allocate(ElementType.F32, 1, 1);
            session.run(sum, Args.rows(1).with("x", x).with("p", p), Map.of("y", y));
            Array result = Array.zeros(ElementType.F32, 1, 1);
            y.read(result);
            return result.get(0);
        }
    }

    /** The bundle with the natives stays as it is, the one with the backend is updated. */
    @Test
    void fiftyUpdatesOfTheBackendLeaveNoClassLoaderBehind() throws Exception {
        framework.install("kernfield-nd4j-libs");
        framework.install("kernfield-nd4j-api");
        Bundle thin = framework.installCopy("kernfield-nd4j");
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        for (int update = 0; update < UPDATES; update++) {
            assertThat(compute(framework.service(Backend.class, thin).orElseThrow())).isEqualTo(12);
            loaders.add(loader(thin));
            framework.update(thin, "kernfield-nd4j");
        }
        thin.uninstall();
        framework.refresh(List.of(thin));
        assertCollected(loaders);
    }

    /**
     * Linear algebra that is better than ND4J's, as openblas offers it; nothing is computed on it.
     */
    private static LinearAlgebra better() {
        return (LinearAlgebra)
                Proxy.newProxyInstance(
                        LinearAlgebra.class.getClassLoader(),
                        new Class<?>[] {LinearAlgebra.class},
                        (self, method, arguments) -> {
                            throw new UnsupportedOperationException(method.getName());
                        });
    }

    /** ND4J's linear algebra is there as soon as ND4J runs. */
    @Test
    void whereItWasFoundWellItStartsWithTheFirstSession() throws Exception {
        framework.install("kernfield-nd4j-libs");
        framework.install("kernfield-nd4j-api");
        Bundle thin = framework.installCopy("kernfield-nd4j");
        assertThat(framework.service(LinearAlgebra.class, thin)).isPresent();
        assertThat(home.resolve(NOTE)).exists();
        var better = framework.offer(LinearAlgebra.class, better(), 200);
        try {
            framework.update(thin, "kernfield-nd4j");
            Backend backend = framework.service(Backend.class, thin).orElseThrow();
            assertThat(backend.description()).startsWith("ND4J 1.0.0-M2.1, ");
            assertThat(framework.service(LinearAlgebra.class, thin)).isEmpty();
            assertThat(compute(backend)).isEqualTo(12);
            assertThat(framework.service(LinearAlgebra.class, thin)).isPresent();
        } finally {
            better.unregister();
            thin.uninstall();
            framework.refresh(List.of(thin));
        }
    }

    private static void assertLeaves(Framework framework, Bundle bundle) throws Exception {
        for (int turn = 0; turn < 100; turn++) {
            if (framework.service(Backend.class, bundle).isEmpty()) {
                return;
            }
            Thread.sleep(100);
        }
        assertThat(framework.service(Backend.class, bundle)).isEmpty();
    }

    /** A second framework has class loaders of its own, whose ND4J this process cannot start. */
    @Test
    void aLateStartThatFailsSaysSoAndIsNotBelievedAgain(@TempDir Path other) throws Exception {
        framework.install("kernfield-nd4j-libs");
        framework.install("kernfield-nd4j-api");
        Bundle first = framework.installCopy("kernfield-nd4j");
        Path note = other.resolve(NOTE);
        Files.createDirectories(note.getParent());
        Files.copy(home.resolve(NOTE), note);
        String cache = System.getProperty(CACHE);
        System.setProperty(CACHE, note.getParent().toString());
        try (var second = new Framework(other)) {
            second.offer(LinearAlgebra.class, better(), 200);
            second.install("kernfield-nd4j-libs");
            second.install("kernfield-nd4j-api");
            Bundle thin = second.installCopy("kernfield-nd4j");
            Backend backend = second.service(Backend.class, thin).orElseThrow();
            assertThatThrownBy(() -> compute(backend))
                    .hasMessageContaining("another copy of ND4J's libraries")
                    .message()
                    .doesNotContain("\n");
            assertThat(note).doesNotExist();
            assertLeaves(second, thin);
            thin.stop();
            thin.start();
            assertThat(second.service(Backend.class, thin)).isEmpty();
        } finally {
            System.setProperty(CACHE, cache);
            first.uninstall();
            framework.refresh(List.of(first));
        }
    }

    @Test
    void openBlasIsUnmappedWhenItsBundleStops() throws Exception {
        Bundle bundle = framework.installCopy("kernfield-openblas");
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        for (int update = 0; update < 5; update++) {
            var algebra = framework.service(LinearAlgebra.class, bundle);
            Assumptions.assumeTrue(
                    algebra.isPresent(), "SKIPPED, NOT TESTED: no OpenBLAS on this machine");
            Array a = Array.of(1, 4.0);
            assertThat(algebra.get().potrf(a)).isZero();
            assertThat(a.get(0)).isEqualTo(2);
            loaders.add(loader(bundle));
            framework.update(bundle, "kernfield-openblas");
        }
        bundle.stop();
        bundle.uninstall();
        framework.refresh(List.of(bundle));
        assertCollected(loaders);
        assertThat(isMapped("/libopenblasp")).isFalse();
    }
}
