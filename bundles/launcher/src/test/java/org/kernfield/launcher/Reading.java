package org.kernfield.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarInputStream;

/** Reads a jar as the watcher of the drop folders and the list of what is allowed do. */
final class Reading {
    private Reading() {}

    public static void main(String[] arguments) throws IOException {
        String jar = arguments[0];
        String why = new Soundness().apply(jar);
        if (!why.isEmpty()) {
            throw new IllegalStateException(why);
        }
        try (var in = new JarInputStream(Files.newInputStream(Path.of(jar)))) {
            if (in.getManifest() == null) {
                throw new IllegalStateException("no manifest");
            }
        }
        Fingerprints.of(Path.of(jar));
    }
}
