package org.kernfield.scene;

import org.kernfield.field.Image;

/**
 * A picture as it was taken: the view that it shows, what is seen, and which of it counts.
 *
 * @param view its camera has the size of the picture
 * @param image 3 channels
 * @param mask a weight from 0 (does not count) to 1 for each pixel, row-major; null where all count
 */
public record Photograph(View view, Image image, float[] mask) {
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
    }

    /** Every pixel counts. */
    public Photograph(View view, Image image) {
        this(view, image, null);
    }
}
