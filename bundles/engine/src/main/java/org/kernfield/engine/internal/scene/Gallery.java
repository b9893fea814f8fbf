package org.kernfield.engine.internal.scene;

import org.kernfield.backend.Workers;
import org.kernfield.engine.internal.FileReader;
import org.kernfield.field.Image;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decodes the pictures of views, several at a time. What is kept is bounded; a picture at its full
 * size is held only while it is scaled down.
 */
final class Gallery {
    private static final int COLOURS = 3;

    private final FileReader files;
    private final PictureFiles pictures;
    private final Shooting shooting;
    private final Limits limits;
    private final Workers workers;
    private final AtomicLong kept = new AtomicLong();
    private final AtomicBoolean hasAlpha = new AtomicBoolean();
    private final List<String> missing = new ArrayList<>();

    Gallery(
            FileReader files,
            PictureFiles pictures,
            Shooting shooting,
            Limits limits,
            Workers workers) {
        this.files = files;
        this.pictures = pictures;
        this.shooting = shooting;
        this.limits = limits;
        this.workers = workers;
    }

    /** Names of pictures that were not found, so far. */
    List<String> missing() {
        return missing;
    }

    /** Whether something was transparent in a picture, so far. */
    boolean hasAlpha() {
        return hasAlpha.get();
    }

    /**
     * The photographs of views, those without a picture left out.
     *
     * @param masks that are named, by picture, see {@link Scene#masks}
     * @throws FormatException for a picture that is broken or does not fit its camera, or if all
     *     together take more memory than is allowed
     */
    List<Photograph> photographs(List<View> views, Map<String, String> masks) throws IOException {
        var found = new ArrayList<View>();
        var paths = new ArrayList<Path>();
        for (View view : views) {
            Path file = pictures.find(view.picture());
            if (file == null) {
                missing.add(view.picture());
            } else {
                found.add(view);
                paths.add(file);
            }
        }
        var taken = new Photograph[found.size()];
        try {
            workers.forEach(
                    taken.length,
                    k -> {
                        View view = found.get(k);
                        taken[k] = photograph(view, paths.get(k), masks.get(view.picture()));
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return Arrays.stream(taken).filter(Objects::nonNull).toList();
    }

    private Photograph photograph(View view, Path file, String named) {
        try {
            Image picture = files.read(file, Image.class);
            count(picture);
            Path mask = named == null ? pictures.mask(file) : pictures.named(named);
            return shooting.photograph(
                    view, picture, mask == null ? null : files.read(mask, Image.class), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void count(Image picture) throws FormatException {
        long pixels =
                (long) shooting.width(picture.width())
                        * shooting.height(picture.width(), picture.height());
        boolean isTransparent = picture.alpha() != null;
        hasAlpha.compareAndSet(false, isTransparent);
        long values = pixels * (COLOURS + (isTransparent ? 1 : 0));
        long bytes = kept.addAndGet(values * Float.BYTES);
        if (bytes > limits.bytes()) {
            throw new FormatException(
                    "%s: its pictures at this width take more than the %,d MB that are allowed; scale them down with --set width=… or raise -Xmx in KERNFIELD_JVM_OPTIONS"
                            .formatted(pictures.root(), limits.bytes() / 1_000_000));
        }
    }
}
