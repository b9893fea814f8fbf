package org.kernfield.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Plugins that may run beside jars that may not. */
class AdmissionTest {
    private static final String CORE = "org.osgi.framework";

    @TempDir Path temp;
    private Path root;
    private Framework framework;
    private BundleContext context;

    @BeforeEach
    void makePlaces() throws IOException {
        root = Files.createDirectories(temp.resolve("distribution"));
        Files.createDirectories(root.resolve("bundles/1"));
        Files.createDirectories(root.resolve("etc"));
    }

    @AfterEach
    void stop() {
        if (framework != null) {
            framework.stop();
        }
    }

    private void start() {
        var home = Home.open(Map.of(Home.VARIABLE, temp.resolve("home").toString()));
        framework = Framework.start(new Distribution(root), home, Mode.BATCH);
        context = framework.context();
    }

    private void allow(Path... jars) throws IOException {
        var lines = new ArrayList<String>();
        for (Path jar : jars) {
            lines.add("jar " + Fingerprints.of(jar).jar());
        }
        Files.write(root.resolve("etc").resolve(AllowList.FILE), lines);
    }

    private Path jar(String name, String... headers) throws IOException {
        return jarAt(temp.resolve(name + ".jar"), name, headers);
    }

    private static Path jarAt(Path jar, String name, String... headers) throws IOException {
        var manifest = new Manifest();
        Attributes all = manifest.getMainAttributes();
        all.putValue("Manifest-Version", "1.0");
        all.putValue("Bundle-ManifestVersion", "2");
        all.putValue("Bundle-SymbolicName", name);
        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            all.putValue(parts[0], parts[1]);
        }
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("some/thing.txt"));
            out.write(jar.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private Bundle install(Path jar) throws BundleException {
        return context.installBundle(jar.toUri().toString());
    }

    @Test
    void anAllowedJarRunsBesideARefusedOne() throws Exception {
        Path listed = jar("listed", "Import-Package: " + CORE);
        Path stranger = jar("stranger", "Import-Package: " + CORE);
        allow(listed);
        start();
        Bundle refused = install(stranger);
        Bundle bundle = install(listed);
        bundle.start();
        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
        assertThatThrownBy(refused::start).hasMessageContaining("prevented resolution");
        assertThat(refused.getState()).isEqualTo(Bundle.INSTALLED);
    }

    @Test
    void aRefusedFragmentDoesNotAttachToAnAllowedHost() throws Exception {
        Path host = jar("host", "Import-Package: " + CORE);
        Path part = jar("part", "Fragment-Host: host");
        allow(host);
        start();
        Bundle fragment = install(part);
        Bundle bundle = install(host);
        bundle.start();
        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(fragment.getState()).isEqualTo(Bundle.INSTALLED);
    }

    @Test
    void aRefusedJarProvidesNothing() throws Exception {
        Path listed = jar("listed", "Import-Package: some");
        Path stranger = jar("stranger", "Export-Package: some");
        allow(listed);
        start();
        Bundle provider = install(stranger);
        assertThatThrownBy(install(listed)::start).isInstanceOf(BundleException.class);
        assertThat(provider.getState()).isEqualTo(Bundle.INSTALLED);
    }

    @Test
    void aRefusedJarOfANewerVersionIsNotInTheWay() throws Exception {
        Path older = jarAt(temp.resolve("1.jar"), "one;singleton:=true", "Bundle-Version: 1.0.0");
        Path newer = jarAt(temp.resolve("2.jar"), "one;singleton:=true", "Bundle-Version: 2.0.0");
        allow(older);
        start();
        install(newer);
        Bundle bundle = install(older);
        bundle.start();
        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void aPathThatOnlyBeginsInTheDistributionIsNotExempt() throws Exception {
        jar("stranger");
        allow();
        start();
        for (String way : List.of("bundles/../../stranger.jar", "bundles/%2e%2e/../stranger.jar")) {
            Bundle bundle = context.installBundle("reference:" + root.toUri() + way);
            assertThatThrownBy(bundle::start).hasMessageContaining("prevented resolution");
            bundle.uninstall();
        }
    }

    @Test
    void aBundleOfTheDistributionThatIsUpdatedFromElsewhereIsLookedAt() throws Exception {
        jarAt(root.resolve("bundles/1/own.jar"), "own");
        Path stranger = jar("stranger");
        allow();
        start();
        Bundle own = context.getBundle(1);
        assertThat(own.getState()).isEqualTo(Bundle.ACTIVE);
        own.stop();
        try (var in = Files.newInputStream(stranger)) {
            own.update(in);
        }
        assertThatThrownBy(own::start).hasMessageContaining("prevented resolution");
    }

    @Test
    void aPluginOfTheDistributionMayIfItCameWithIt() throws Exception {
        Files.createDirectories(root.resolve("plugins"));
        Path own = jarAt(root.resolve("plugins/own.jar"), "own");
        Path added = jarAt(root.resolve("plugins/added.jar"), "added");
        Path digests = Files.createDirectories(root.resolve("lib/plugins"));
        Files.writeString(digests.resolve("own.jar.sha256"), Fingerprints.of(own).jar() + "\n");
        allow();
        start();
        Bundle bundle = install(own);
        bundle.start();
        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
        assertThatThrownBy(install(added)::start).hasMessageContaining("prevented resolution");
    }

    @Test
    void aCopyThatHasChangedIsLookedAtAgain() throws Exception {
        Path listed = jar("listed");
        Path stranger = jar("stranger");
        allow(listed);
        start();
        Bundle bundle = install(listed);
        var reference = context.getServiceReference(Supplier.class);
        context.getService(reference).get();
        Path copy;
        try (Stream<Path> files = Files.walk(temp.resolve("home"))) {
            copy =
                    files.filter(f -> f.endsWith("version0.0/bundle.jar"))
                            .filter(f -> f.toString().contains("bundle" + bundle.getBundleId()))
                            .findFirst()
                            .orElseThrow();
        }
        Files.write(copy, Files.readAllBytes(stranger));
        assertThatThrownBy(bundle::start).hasMessageContaining("prevented resolution");
    }

    @Test
    void aJarThatIsLookedAtIsNotResolvedEvenWithoutAList() throws Exception {
        Path stranger = jar("stranger", "Export-Package: some");
        Path other = jar("other", "Import-Package: some");
        start();
        Bundle looked;
        try (var in = Files.newInputStream(stranger)) {
            looked = context.installBundle(Inspection.SCHEME + stranger.toUri(), in);
        }
        assertThatThrownBy(looked::start).hasMessageContaining("prevented resolution");
        assertThatThrownBy(install(other)::start).isInstanceOf(BundleException.class);
        assertThat(looked.getState()).isEqualTo(Bundle.INSTALLED);
    }

    @Test
    void anExtensionOfTheFrameworkIsNotInstalledToBeLookedInto() throws Exception {
        Path extension = jar("extension", "Fragment-Host: system.bundle; extension:=framework");
        start();
        var inspection = new Inspection(context, null, null);
        assertThatThrownBy(() -> inspection.apply(extension.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("extends the framework");
        assertThat(context.getBundles()).hasSize(1);
    }

    @Test
    void anExtensionOfTheFrameworkIsNotTaken() throws Exception {
        Path extension = jar("extension", "Fragment-Host: system.bundle; extension:=framework");
        start();
        assertThatThrownBy(() -> install(extension))
                .rootCause()
                .hasMessageContaining("extension bundle");
        assertThat(context.getBundles()).hasSize(1);
    }

    /** As it lies in the framework for a moment, while the watcher installs the same jar. */
    @Test
    void aJarThatIsLookedIntoIsInNobodysWay() throws Exception {
        Path watched = jar("watched");
        start();
        Bundle watcher = install(jar("watcher"));
        watcher.start();
        try (var in = Files.newInputStream(watched)) {
            Bundle lookedInto = context.installBundle(Inspection.SCHEME + watched.toUri(), in);
            assertThat(watcher.getBundleContext().getBundles()).doesNotContain(lookedInto);
            Bundle installed = watcher.getBundleContext().installBundle(watched.toUri().toString());
            installed.start();
            assertThat(installed.getState()).isEqualTo(Bundle.ACTIVE);
            assertThat(lookedInto.getState()).isEqualTo(Bundle.INSTALLED);
        }
    }

    @Test
    void aJarThatIsLookedIntoIsNotNamedAsWhoHasWhatIsMissing() throws Exception {
        Path other = jar("other", "Export-Package: some;version=1.0");
        start();
        install(jar("same", "Import-Package: some"));
        install(jar("newer", "Import-Package: some;version=2.0"));
        try (var in = Files.newInputStream(other)) {
            context.installBundle(Inspection.SCHEME + other.toUri(), in);
        }
        assertThat(problems())
                .containsEntry("same 0.0.0", "needs the package some, which nothing here provides")
                .containsEntry(
                        "newer 0.0.0",
                        "needs the package some version>=2.0.0, which nothing here provides");
    }

    private Map<Object, Object> problems() {
        var reference = context.getServiceReference(Supplier.class);
        return Map.copyOf((Map<?, ?>) context.getService(reference).get());
    }
}
