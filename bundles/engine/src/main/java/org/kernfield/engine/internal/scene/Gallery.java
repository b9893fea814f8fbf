package org.kernfield.engine.internal.scene;

import org.kernfield.backend.Workers;
import org.kernfield.engine.internal.FileReader;
import org.kernfield.field.Image;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.View;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decodes the pictures of views, several at a time. What is kept is bounded; a picture at its full
 * size is held only while it is scaled down.
 */
final class Gallery {
    private static final int BYTES_PER_PIXEL = 3 * Float.BYTES;

    private final FileReader files;
    private final PictureFiles pictures;
    private final Shooting shooting;
    private final Limits limits;
    private final Workers workers;
    private final AtomicLong kept = new AtomicLong();
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

    /**
     * The photographs of views, those without a picture left out.
     *
     * @throws FormatException for a picture that is broken or does not fit its camera, or if all
     *     together take more memory than is allowed
     */
    List<Photograph> photographs(List<View> views) throws IOException {
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
            workers.forEach(taken.length, k -> taken[k] = photograph(found.get(k), paths.get(k)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return java.util.Arrays.stream(taken).filter(Objects::nonNull).toList();
    }

    private Photograph photograph(View view, Path file) {
        try {
            Image picture = files.read(file, Image.class);
            count(picture);
            Path mask = pictures.mask(file);
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
        long bytes = kept.addAndGet(pixels * BYTES_PER_PIXEL);
        if (bytes > limits.bytes()) {
            throw new FormatException(
                    "%s: its pictures at this width take more than the %,d MB that are allowed; scale them down with --set width=… or raise -Xmx in KERNFIELD_JVM_OPTIONS"
                            .formatted(pictures.root(), limits.bytes() / 1_000_000));
        }
    }
}
