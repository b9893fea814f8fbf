package org.kernfield.shell.internal.osgi;

import org.apache.felix.fileinstall.ArtifactListener;
import org.apache.felix.fileinstall.ArtifactUrlTransformer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Stands before the drop folders: the watcher installs the jars that are handed on here, and does
 * not read the others, nor look at them again until they change. Those that cannot be read are left
 * to nobody, so that the watcher asks again.
 */
final class DropFolderGuard implements ArtifactUrlTransformer {
    /** Above the watcher's own, which reads manifests of any length. */
    private static final int RANKING = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(DropFolderGuard.class);

    private final Function<Path, String> unsound;

    /** Those that could not be read when they were last asked about. */
    private final Set<Path> unread = ConcurrentHashMap.newKeySet();

    /**
     * @param unsound why a jar should not be read, empty if it may; throws {@link
     *     UncheckedIOException} where that cannot be told now
     */
    DropFolderGuard(Function<Path, String> unsound) {
        this.unsound = unsound;
    }

    static ServiceRegistration<?> register(BundleContext context, Launcher launcher) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_RANKING, RANKING);
        return context.registerService(
                new String[] {
                    ArtifactUrlTransformer.class.getName(), ArtifactListener.class.getName()
                },
                new DropFolderGuard(launcher::unsound),
                properties);
    }

    @Override
    public boolean canHandle(File artifact) {
        Path file = artifact.toPath();
        return DropFolders.isJar(file) && canBeRead(file);
    }

    private boolean canBeRead(Path jar) {
        try {
            unsound.apply(jar);
            unread.remove(jar);
            return true;
        } catch (UncheckedIOException e) {
            if (unread.add(jar)) {
                LOG.warn("{} is not plugged in: {}", jar, DropFolders.unreadable(e));
            }
            return false;
        }
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
        String why = unsound.apply(file);
        if (!why.isEmpty()) {
            throw new IOException(file + " is not plugged in: " + why);
        }
        return jar;
    }
}
