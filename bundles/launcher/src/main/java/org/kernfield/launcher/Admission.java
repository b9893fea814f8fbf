package org.kernfield.launcher;

import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps bundles that the {@link AllowList} does not name from being resolved, so that none of their
 * code runs. What lies in the distribution's {@code bundles/} is not asked about: whoever can write
 * there can change the list as well. A jar that is only looked into is never resolved.
 */
final class Admission implements ResolverHookFactory {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final AllowList allowed;
    private final FrameworkCache cache;
    private final Path own;

    /** By the copies that the framework keeps of jars. */
    private final Map<Copy, Optional<String>> decided = new ConcurrentHashMap<>();

    /** A jar as it was when it was looked at. */
    private record Copy(Path jar, long size, FileTime modified) {
        static Copy of(Path jar) throws IOException {
            return new Copy(jar, Files.size(jar), Files.getLastModifiedTime(jar));
        }
    }

    Admission(AllowList allowed, FrameworkCache cache, Distribution distribution) {
        this.allowed = allowed;
        this.cache = cache;
        this.own = distribution.bundles();
    }

    /** Why a bundle may not run; empty if it may. */
    Optional<String> refuses(Bundle bundle) {
        if (Inspection.isLookedInto(bundle)) {
            return Optional.of("is only looked into");
        }
        if (allowed.allowsEverything() || bundle.getBundleId() == 0) {
            return Optional.empty();
        }
        // what will run is the framework's copy; the file it came from may have changed since
        Optional<Path> copy = copy(bundle);
        if (copy.isEmpty() && isOwn(bundle)) {
            return Optional.empty();
        }
        return copy.map(this::judge)
                .orElseGet(() -> Optional.of("has no copy in the framework to be looked at"));
    }

    /** Those are used where they lie, unless updated from elsewhere. */
    private boolean isOwn(Bundle bundle) {
        try {
            Path place = Path.of(URI.create(bundle.getLocation().replaceFirst("^reference:", "")));
            // a path with .. in it may lead anywhere
            return place.startsWith(own) && place.equals(place.normalize());
        } catch (IllegalArgumentException | FileSystemNotFoundException elsewhere) {
            return false;
        }
    }

    private Optional<String> judge(Path jar) {
        try {
            return decided.computeIfAbsent(Copy.of(jar), copy -> decide(copy.jar()));
        } catch (IOException e) {
            return Optional.of("cannot be read (" + e.getMessage() + ")");
        }
    }

    private Optional<String> decide(Path jar) {
        try {
            Optional<String> refused = allowed.refuses(Fingerprints.of(jar));
            refused.ifPresent(why -> LOG.warn("{}: {}", jar, why));
            return refused;
        } catch (IOException | RuntimeException e) {
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
