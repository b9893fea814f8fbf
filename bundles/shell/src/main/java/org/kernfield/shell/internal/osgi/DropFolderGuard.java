package org.kernfield.shell.internal.osgi;

import org.apache.felix.fileinstall.ArtifactListener;
import org.apache.felix.fileinstall.ArtifactUrlTransformer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;

/**
 * Stands before the drop folders: the watcher installs the jars that are handed on here, and does
 * not read the others, nor look at them again until they change.
 */
final class DropFolderGuard implements ArtifactUrlTransformer {
    /** Above the watcher's own, which reads manifests of any length. */
    private static final int RANKING = 1000;

    private final Launcher launcher;

    private DropFolderGuard(Launcher launcher) {
        this.launcher = launcher;
    }

    static ServiceRegistration<?> register(BundleContext context, Launcher launcher) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_RANKING, RANKING);
        return context.registerService(
                new String[] {
                    ArtifactUrlTransformer.class.getName(), ArtifactListener.class.getName()
                },
                new DropFolderGuard(launcher),
                properties);
    }

    @Override
    public boolean canHandle(File artifact) {
        return DropFolders.isJar(artifact.toPath());
    }

    /**
     * @throws IOException naming the jar and what is wrong, for the watcher to log
     */
    @Override
    public URL transform(URL jar) throws IOException, URISyntaxException {
        if (!jar.getProtocol().equals("file")) {
            // a directory, which the watcher packs itself
            return jar;
        }
        Path file = Path.of(jar.toURI());
        String why = launcher.unsound(file);
        if (!why.isEmpty()) {
            throw new IOException(file + " is not plugged in: " + why);
        }
        return jar;
    }
}
