package org.kernfield.io.internal;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Files beside the tests. */
public final class Resources {
    private Resources() {}

    public static Path of(String name) {
        try {
            return Path.of(Resources.class.getResource("/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
