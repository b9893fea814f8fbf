package org.kernfield.format;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads and writes files with whichever of some codecs fits: by content when reading, by file name
 * when writing. Every failure is a sentence that begins with the file as it was given.
 */
public final class Codecs {
    private final List<Codec<?>> codecs;
    private final BiConsumer<? super Codec<?>, ? super Throwable> faults;

    /** A choice among {@code codecs}, as they are now. */
    public Codecs(Collection<? extends Codec<?>> codecs) {
        this(codecs, (codec, fault) -> {});
    }

    /**
     * A choice among {@code codecs}, as they are now.
     *
     * @param faults hears of a codec that failed when it was asked, and was left out therefore
     */
    public Codecs(
            Collection<? extends Codec<?>> codecs,
            BiConsumer<? super Codec<?>, ? super Throwable> faults) {
        this.faults = faults;
        var sorted = new ArrayList<Codec<?>>(codecs);
        sorted.removeIf(codec -> !answers(codec, Codecs::isDescribed));
        sorted.sort(Comparator.comparing(Codec::name));
        this.codecs = List.copyOf(sorted);
    }

    /**
     * The codec that recognises the content of {@code file}.
     *
     * @throws FormatException if there is no such file, it is empty, or nothing reads it
     */
    public Codec<?> find(Path file) throws IOException {
        return find(file, "file", c -> true);
    }

    /**
     * Reads a file that holds a {@code T}.
     *
     * @throws FormatException if it is missing, empty, unknown, broken, beyond the limits, or holds
     *     something else
     * @throws IOException if reading fails
     */
    public <T> T read(Path file, Class<T> type, Limits limits) throws IOException {
        Codec<?> codec = find(file, kind(type), c -> c.type() == type);
        if (codec.type() != type) {
            throw new FormatException(
                    file
                            + ": holds "
                            + article(kind(codec.type()))
                            + " ("
                            + codec.name()
                            + "), not "
                            + article(kind(type))
                            + "; give "
                            + readable(kind(type), c -> c.type() == type));
        }
        try {
            return type.cast(codec.read(file, limits));
        } catch (RuntimeException | LinkageError e) {
            throw because(
                    file + ": broken " + codec.name() + " content (" + e + "); get a good copy", e);
        } catch (FormatException e) {
            throw e;
        } catch (IOException e) {
            throw because(file + ": cannot be read (" + reason(e) + "); check the disk", e);
        }
    }

    /**
     * Writes a file in the format that its name asks for.
     *
     * @param type what {@code value} is written as
     * @throws FormatException if no codec writes such a name, or the value cannot be expressed
     * @throws IOException if writing fails; an older file is then unharmed
     */
    public <T> void write(T value, Class<T> type, Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        Codec<T> codec =
                codecs.stream()
                        .filter(c -> c.type() == type && c.canWrite() && fit(c, name) > 0)
                        .max(Comparator.comparingInt(c -> fit(c, name)))
                        .map(Codecs::<T>cast)
                        .orElseThrow(() -> new FormatException(unwritable(file, type)));
        if (Files.isDirectory(file)) {
            throw new FormatException(file + ": is a directory; give a file name");
        }
        Path directory = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(directory)) {
            throw new FormatException(
                    file + ": there is no directory " + directory + "; create it first");
        }
        try {
            codec.write(value, file);
        } catch (FormatException e) {
            throw e;
        } catch (IOException e) {
            throw because(
                    file
                            + ": cannot be written ("
                            + reason(e)
                            + "); check permissions and free space",
                    e);
        }
    }

    /** Writes a file in the format that its name asks for. */
    @SuppressWarnings("unchecked")
    public <T> void write(T value, Path file) throws IOException {
        write(value, (Class<T>) value.getClass(), file);
    }

    private Codec<?> find(Path file, String wanted, Predicate<Codec<?>> fits) throws IOException {
        Probe probe = probe(file, wanted);
        var accepting =
                codecs.stream().filter(c -> answers(c, asked -> asked.accepts(probe))).toList();
        return accepting.stream()
                .max(
                        Comparator.<Codec<?>>comparingInt(c -> fits.test(c) ? 1 : 0)
                                .thenComparing(c -> isNamedLike(c, probe) ? 1 : 0))
                .orElseThrow(() -> new FormatException(unknown(file, probe, wanted, fits)));
    }

    /** Whether a codec says so; one that fails does not. */
    private boolean answers(Codec<?> codec, Predicate<Codec<?>> question) {
        try {
            return question.test(codec);
        } catch (RuntimeException | LinkageError e) {
            faults.accept(codec, e);
            return false;
        }
    }

    private static boolean isDescribed(Codec<?> codec) {
        return codec.type() != null && codec.extensions() != null && !codec.name().isEmpty();
    }

    private static Probe probe(Path file, String wanted) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FormatException(file + ": is a directory; give " + article(wanted));
        }
        Probe probe;
        try {
            probe = Probe.of(file);
        } catch (NoSuchFileException e) {
            throw because(file + ": no such file; check the path", e);
        } catch (AccessDeniedException e) {
            throw because(file + ": may not be read; check its permissions", e);
        } catch (IOException e) {
            throw because(file + ": cannot be read (" + reason(e) + "); check the disk", e);
        }
        if (probe.head().length == 0) {
            throw new FormatException(file + ": is empty (0 bytes); give " + article(wanted));
        }
        return probe;
    }

    private String unknown(
            Path file, Probe probe, String wanted, Predicate<? super Codec<?>> fits) {
        String named =
                codecs.stream()
                        .filter(c -> isNamedLike(c, probe))
                        .map(Codec::name)
                        .findFirst()
                        .map(n -> "is no " + n + " file, whatever its name says")
                        .orElse("is in no format known here");
        return file
                + ": "
                + named
                + (isText(probe.head()) ? " (it holds text)" : "")
                + "; give "
                + readable(wanted, fits);
    }

    private String unwritable(Path file, Class<?> type) {
        String endings =
                codecs.stream()
                        .filter(c -> c.type() == type && c.canWrite())
                        .flatMap(c -> c.extensions().stream())
                        .map(e -> "." + e)
                        .collect(Collectors.joining(" or "));
        return file
                + ": "
                + article(kind(type))
                + " cannot be written under this name; "
                + (endings.isEmpty() ? "install a codec for it" : "use " + endings);
    }

    private String readable(String kind, Predicate<? super Codec<?>> fits) {
        return article(kind)
                + codecs.stream()
                        .filter(fits)
                        .map(Codec::name)
                        .distinct()
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /** Letters of the longest of its endings that {@code name} has; 0 if it has none. */
    private static int fit(Codec<?> codec, String name) {
        return codec.extensions().stream()
                .filter(e -> name.equals(e) || name.endsWith("." + e))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static boolean isNamedLike(Codec<?> codec, Probe probe) {
        return codec.extensions().stream().anyMatch(probe::endsWith);
    }

    /** No control characters but those of text; what is not ASCII may be UTF-8. */
    private static boolean isText(byte[] head) {
        for (byte b : head) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    /** The word for what a file holds. */
    private static String kind(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "Image" -> "picture";
            case "Splats" -> "splat scene";
            case "PointCloud" -> "point cloud";
            case String name -> name.toLowerCase(Locale.ROOT);
        };
    }

    private static String article(String noun) {
        return ("aeio".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "access denied";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            case FileSystemException f -> "no file can be made there";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    private static FormatException because(String message, Throwable cause) {
        var exception = new FormatException(message);
        exception.initCause(cause);
        return exception;
    }

    @SuppressWarnings("unchecked")
    private static <T> Codec<T> cast(Codec<?> codec) {
        return (Codec<T>) codec;
    }
}
