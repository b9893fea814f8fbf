package org.kernfield.splat.train;

import org.kernfield.field.Image;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Photograph;

/** Photographs at half their size, each pixel the mean of four. */
final class Halved {
    /** Sides below which nothing is left to learn from. */
    private static final int LEAST = 32;

    private Halved() {}

    /** The photograph itself where it is small; an odd last row or column is left out. */
    static Photograph of(Photograph whole) {
        Image image = whole.image();
        int width = image.width() / 2;
        int height = image.height() / 2;
        if (width < LEAST || height < LEAST) {
            return whole;
        }
        Camera camera = whole.view().camera();
        // an odd side is cut off rather than squeezed
        Camera half =
                new Camera(
                        width,
                        height,
                        camera.fx() / 2,
                        camera.fy() / 2,
                        camera.cx() / 2,
                        camera.cy() / 2,
                        camera.lens(),
                        camera.distortion());
        float[] values = means(image.values(), image.width(), width, height, image.channels());
        return new Photograph(
                whole.view().with(half),
                new Image(width, height, image.channels(), values),
                optional(whole.mask(), image.width(), width, height),
                optional(whole.alpha(), image.width(), width, height));
    }

    private static float[] optional(float[] from, int stride, int width, int height) {
        return from == null ? null : means(from, stride, width, height, 1);
    }

    private static float[] means(float[] from, int stride, int width, int height, int channels) {
        var means = new float[width * height * channels];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++, at++) {
                    int first = (2 * y * stride + 2 * x) * channels + c;
                    int below = first + stride * channels;
                    means[at] =
                            (from[first]
                                            + from[first + channels]
                                            + from[below]
                                            + from[below + channels])
                                    / 4;
                }
            }
        }
        return means;
    }
}
