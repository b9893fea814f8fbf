package org.kernfield.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** What may be plugged in, by content or by signer, and what a look into a jar tells. */
class AllowListTest {
    @TempDir Path temp;

    private Path jar(String name) throws IOException {
        var manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.putValue("Manifest-Version", "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        headers.putValue("Bundle-Version", "1.2.3");
        headers.putValue("Import-Package", "org.osgi.framework,not.to.be.found;version=\"[2,3)\"");
        headers.putValue("Provide-Capability", "kernfield.backend;name=" + name);
        Path jar = temp.resolve(name + ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("some/thing.txt"));
            out.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return jar;
    }

    private AllowList list(String... lines) throws IOException {
        return AllowList.read(Files.write(temp.resolve(AllowList.FILE), List.of(lines)));
    }

    @Test
    void withoutAListEveryJarMay() throws IOException {
        var none = AllowList.read(temp.resolve("absent"));
        assertThat(none.refuses(Fingerprints.of(jar("a")))).isEmpty();
    }

    @Test
    void aListedJarMayAndNoOther() throws Exception {
        Path jar = jar("listed");
        var digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest)) {
            in.readAllBytes();
        }
        String hex = HexFormat.of().formatHex(digest.digest());
        var list = list("# ours", "jar " + hex + " # listed.jar");
        assertThat(list.refuses(Fingerprints.of(jar))).isEmpty();
        Path other = jar("other");
        assertThat(list.refuses(Fingerprints.of(other)))
                .hasValueSatisfying(why -> assertThat(why).contains(AllowList.FILE));
    }

    @Test
    void whatCannotBeUnderstoodIsNotGuessed() {
        assertThatThrownBy(() -> list("jar 0123"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(":1")
                .hasMessageContaining("64 hexadecimal digits");
    }

    @Test
    void aListThatCannotBeReachedDoesNotAllowEverything() throws IOException {
        Path list = temp.resolve(AllowList.FILE);
        Files.createSymbolicLink(list, temp.resolve("nowhere"));
        assertThatThrownBy(() -> AllowList.read(list)).isInstanceOf(Refusal.class);
        Path etc = Files.createSymbolicLink(temp.resolve("etc"), temp.resolve("nowhere"));
        assertThatThrownBy(() -> AllowList.read(etc.resolve(AllowList.FILE)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void aSignedJarMayByItsSignerUntilSomethingIsAdded() throws Exception {
        Path jar = jar("signed");
        sign(jar);
        Fingerprints signed = Fingerprints.of(jar);
        assertThat(signed.signers()).hasSize(1);
        var list = list("signer " + signed.signers().iterator().next());
        assertThat(list.refuses(signed)).isEmpty();

        var zip = Map.of("create", "false");
        try (var files =
                java.nio.file.FileSystems.newFileSystem(
                        java.net.URI.create("jar:" + jar.toUri()), zip)) {
            Files.writeString(files.getPath("/some/more.txt"), "unsigned");
        }
        assertThat(Fingerprints.of(jar).signers()).isEmpty();
        assertThat(list.refuses(Fingerprints.of(jar))).isPresent();
    }

    /** With a key made for the occasion by the JDK's own tools. */
    private void sign(Path jar) throws Exception {
        Path keys = temp.resolve("keys.p12");
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        run(
                bin.resolve("keytool"),
                "-genkeypair -alias k -keyalg EC -dname CN=test -storepass secret1 -keystore",
                keys.toString());
        run(bin.resolve("jarsigner"), "-storepass secret1 -keystore " + keys + " " + jar, "k");
    }

    private static void run(Path tool, String arguments, String last) throws Exception {
        var command = new java.util.ArrayList<String>();
        command.add(tool.toString());
        command.addAll(List.of(arguments.split(" ")));
        command.add(last);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void aJarIsLookedIntoAndAnUnlistedOneDoesNotRun() throws Exception {
        Path root = Files.createDirectories(temp.resolve("distribution"));
        Files.createDirectories(root.resolve("bundles/1"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc").resolve(AllowList.FILE), "# nobody\n");
        var home = Home.open(Map.of(Home.VARIABLE, temp.resolve("home").toString()));
        var framework = Framework.start(new Distribution(root), home, Mode.BATCH);
        try {
            BundleContext context = framework.context();
            Function<String, Map<String, Object>> inspection =
                    service(context, Function.class, Services.INSPECTION);
            Supplier<Map<String, String>> problems =
                    service(context, Supplier.class, Services.PROBLEMS);
            Path jar = jar("stranger");
            Map<String, Object> facts = inspection.apply(jar.toString());
            assertThat(facts)
                    .containsEntry("name", "stranger")
                    .containsEntry("version", "1.2.3")
                    .containsEntry("offers", List.of("backend stranger"))
                    .containsEntry("allowed", false);
            assertThat(facts.get("missing").toString()).contains("not.to.be.found");
            assertThat(facts.get("imports").toString()).contains("from=org.apache.felix.framework");

            Bundle installed = context.installBundle(jar.toUri().toString());
            assertThatThrownBy(installed::start).hasMessageContaining("prevented resolution");
            assertThat(installed.getState()).isEqualTo(Bundle.INSTALLED);
            assertThat(inspection.apply(jar.toString())).isEqualTo(facts);
            assertThat(problems.get().get("stranger 1.2.3")).contains(AllowList.FILE);
        } finally {
            framework.stop();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T service(BundleContext context, Class<?> type, String mark)
            throws Exception {
        var found = context.getServiceReferences(type, "(" + mark + "=true)").iterator().next();
        return (T) context.getService(found);
    }
}
