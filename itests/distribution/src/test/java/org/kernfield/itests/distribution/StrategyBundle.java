package org.kernfield.itests.distribution;

import org.kernfield.itests.strategy.Activator;
import org.kernfield.itests.strategy.Doubling;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A bundle with nothing but a density strategy, made from classes of these tests. */
final class StrategyBundle {
    static final String NAME = "org.kernfield.itests.strategy";

    private StrategyBundle() {}

    /** The jar. */
    static InputStream jar(String version) throws IOException {
        var manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", NAME);
        headers.putValue("Bundle-Version", version);
        headers.putValue("Bundle-Activator", Activator.class.getName());
        headers.putValue(
                "Import-Package", "org.osgi.framework, org.kernfield.scene, org.kernfield.splat");
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes, manifest)) {
            for (Class<?> type : List.of(Activator.class, Doubling.class)) {
                String file = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new ZipEntry(file));
                try (var in = type.getClassLoader().getResourceAsStream(file)) {
                    in.transferTo(jar);
                }
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
