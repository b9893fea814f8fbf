package org.kernfield.openblas.internal;

import org.kernfield.numerics.lapack.NativeLibrary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where an OpenBLAS is looked for, in this order:
 *
 * <ol>
 *   <li>the file that the setting names: the system property {@code kernfield.openblas} or the
 *       environment variable {@code KERNFIELD_OPENBLAS}; then nowhere else, and with {@code none}
 *       nowhere at all;
 *   <li>what the plugin {@code nd4j} has unpacked: the newest {@code libopenblas.so.0} below {@code
 *       natives} in Kernfield's home directory;
 *   <li>{@code libopenblas.so.0} by the system's own search.
 * </ol>
 */
final class LibrarySearch {
    static final String PROPERTY = "kernfield.openblas";
    static final String VARIABLE = "KERNFIELD_OPENBLAS";
    static final String NOWHERE = "none";

    private static final String SYSTEM = "libopenblas.so.0";

    private final String setting;
    private final Path natives;

    /**
     * @param setting null or blank for none
     * @param natives where native libraries are unpacked; need not exist
     */
    LibrarySearch(String setting, Path natives) {
        this.setting = setting;
        this.natives = natives;
    }

    /** By the settings of this process. */
    static LibrarySearch ofProcess(Path home) {
        String setting = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        return new LibrarySearch(setting, home.resolve("natives"));
    }

    /**
     * A place to look.
     *
     * @param name for messages
     * @param library opens it
     */
    record Place(String name, Supplier<NativeLibrary> library) {}

    /** Whether the setting says that none is wanted. */
    boolean isTurnedOff() {
        return NOWHERE.equals(setting);
    }

    /** The places in order; none if the setting says so. */
    List<Place> places() {
        if (isTurnedOff()) {
            return List.of();
        }
        if (setting != null && !setting.isBlank()) {
            return List.of(file(Path.of(setting)));
        }
        var places = new ArrayList<Place>();
        unpacked().forEach(path -> places.add(file(path)));
        places.add(new Place(SYSTEM, () -> NativeLibrary.named(SYSTEM)));
        return places;
    }

    private static Place file(Path path) {
        return new Place(
                path.toString(),
                () -> {
                    SharedObject.requireComplete(path);
                    return NativeLibrary.open(path);
                });
    }

    /** Newest first. */
    private List<Path> unpacked() {
        if (!Files.isDirectory(natives)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(natives, 12)) {
            return files.filter(f -> f.getFileName().toString().equals(SYSTEM))
                    .sorted(Comparator.comparing(LibrarySearch::modified).reversed())
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    private static java.nio.file.attribute.FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return java.nio.file.attribute.FileTime.fromMillis(0);
        }
    }
}
