package org.kernfield.launcher;

import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps bundles that the {@link AllowList} does not name from being resolved, so that none of their
 * code runs. The distribution's own bundles are not asked about: whoever can write there can change
 * the list as well.
 */
final class Admission implements ResolverHookFactory {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final AllowList allowed;
    private final FrameworkCache cache;
    private final String distribution;

    /** By the path of the copy that the framework keeps of a jar. */
    private final Map<Path, Optional<String>> decided = new ConcurrentHashMap<>();

    Admission(AllowList allowed, FrameworkCache cache, Distribution distribution) {
        this.allowed = allowed;
        this.cache = cache;
        this.distribution = place(distribution.root());
    }

    private static String place(Path path) {
        return path.toUri().toString().replaceFirst("^file:/+", "file:/");
    }

    /** Why a bundle may not run; empty if it may. */
    Optional<String> refuses(Bundle bundle) {
        if (allowed.allowsEverything()) {
            return Optional.empty();
        }
        String location = bundle.getLocation().replaceFirst("^reference:", "");
        if (bundle.getBundleId() == 0
                || location.replaceFirst("^file:/+", "file:/").startsWith(distribution)) {
            return Optional.empty();
        }
        // what will run is the framework's copy; the file it came from may have changed since
        return copy(bundle)
                .map(jar -> decided.computeIfAbsent(jar, this::decide))
                .orElseGet(() -> Optional.of("has no copy in the framework to be looked at"));
    }

    private Optional<String> decide(Path jar) {
        try {
            Optional<String> refused = allowed.refuses(Fingerprints.of(jar));
            refused.ifPresent(why -> LOG.warn("{}: {}", jar, why));
            return refused;
        } catch (IOException e) {
            return Optional.of("cannot be read (" + e.getMessage() + ")");
        }
    }

    /** The latest jar that the framework has stored for the bundle. */
    private Optional<Path> copy(Bundle bundle) {
        Path directory = cache.directory().resolve("bundle" + bundle.getBundleId());
        try (var revisions = Files.newDirectoryStream(directory, "version*")) {
            Path latest = null;
            for (Path revision : revisions) {
                Path jar = revision.resolve("bundle.jar");
                if (Files.isRegularFile(jar)
                        && (latest == null || ORDER.compare(revision, latest.getParent()) > 0)) {
                    latest = jar;
                }
            }
            return Optional.ofNullable(latest);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@code version<refresh>.<revision>}, both counted up. */
    private static final Comparator<Path> ORDER =
            Comparator.<Path>comparingInt(p -> number(p, 0)).thenComparingInt(p -> number(p, 1));

    private static int number(Path revision, int place) {
        String[] numbers =
                revision.getFileName().toString().substring("version".length()).split("\\.");
        try {
            return place < numbers.length ? Integer.parseInt(numbers[place]) : 0;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return new Screening(triggers, bundle -> refuses(bundle).isPresent());
    }
}
