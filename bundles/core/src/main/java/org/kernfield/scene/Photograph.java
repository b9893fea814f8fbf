package org.kernfield.scene;

import org.kernfield.field.Image;

/**
 * A picture as it was taken: the view that it shows, what is seen, which of it counts, and how much
 * of it is not background.
 *
 * @param view its camera has the size of the picture
 * @param image 3 channels; over the background of its task where it is transparent
 * @param mask a weight from 0 (does not count) to 1 for each pixel, row-major; null where all count
 * @param alpha how much of each pixel is covered, from 0 to 1, row-major; null where nothing is
 *     said: then all of it is
 */
public record Photograph(View view, Image image, float[] mask, float[] alpha) {
    public Photograph {
        Camera camera = view.camera();
        if (image.channels() != 3
                || camera.width() != image.width()
                || camera.height() != image.height()) {
            throw new IllegalArgumentException(
                    "%s: %d × %d × %d values for a camera of %d × %d pixels; give red, green and blue of every pixel"
                            .formatted(
                                    view.picture(),
                                    image.width(),
                                    image.height(),
                                    image.channels(),
                                    camera.width(),
                                    camera.height()));
        }
        if (mask != null && mask.length != image.pixels()) {
            throw new IllegalArgumentException(
                    "%s: a mask of %d pixels for %d; give one weight a pixel"
                            .formatted(view.picture(), mask.length, image.pixels()));
        }
        if (alpha != null && alpha.length != image.pixels()) {
            throw new IllegalArgumentException(
                    "%s: alpha of %d pixels for %d; give one value a pixel"
                            .formatted(view.picture(), alpha.length, image.pixels()));
        }
    }

    /** Nothing is transparent. */
    public Photograph(View view, Image image, float[] mask) {
        this(view, image, mask, null);
    }

    /** Every pixel counts, and nothing is transparent. */
    public Photograph(View view, Image image) {
        this(view, image, null);
    }
}
