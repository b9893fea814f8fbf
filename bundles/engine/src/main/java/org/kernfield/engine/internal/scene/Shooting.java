package org.kernfield.engine.internal.scene;

import org.kernfield.field.Image;
import org.kernfield.format.FormatException;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.View;

import java.nio.file.Path;

/**
 * Makes photographs of decoded pictures: the camera is fitted to the picture's size, what is
 * distorted is made straight or kept as it is, and both are scaled down.
 *
 * @param widest pixels in a row that are kept
 * @param transparency what becomes of what is transparent
 * @param undistortions of the cameras met so far
 */
record Shooting(int widest, Transparency transparency, Undistortions undistortions) {
    /** A focal length in parts of the width, where a file gives no size, is never as large. */
    private static final double LARGEST_RELATIVE_FOCAL = 16;

    /** Pixels by which the sides of a picture may miss the camera's proportions. */
    private static final double SLACK = 1.5;

    /** The size that pictures of a camera are kept in. */
    int width(int width) {
        return Math.min(width, widest);
    }

    int height(int width, int height) {
        return (int) Math.max(1, Math.round((double) height * width(width) / width));
    }

    /**
     * @param mask of any size; null for none
     * @throws FormatException if the picture is none of the view's camera
     */
    Photograph photograph(View view, Image picture, Image mask, Path file) throws FormatException {
        Camera taken = taken(view.camera(), picture, file);
        int width = width(picture.width());
        int height = height(picture.width(), picture.height());
        Camera straight = taken;
        BoxFilter.Warp warp =
                scaling((double) picture.width() / width, (double) picture.height() / height);
        Undistortion bent = bent(taken, file);
        if (bent != null) {
            straight = bent.camera();
            BoxFilter.Warp scaling = warp;
            warp =
                    (column, row, place) -> {
                        scaling.source(column, row, place);
                        bent.source(place[0], place[1], place);
                    };
        }
        Image kept = coloured(BoxFilter.warped(picture, width, height, warp));
        float[] weights =
                mask == null
                        ? null
                        : weights(
                                BoxFilter.warped(
                                        BoxFilter.scaled(mask, picture.width(), picture.height()),
                                        width,
                                        height,
                                        warp));
        return transparency.photograph(view.with(straight.scaled(width, height)), kept, weights);
    }

    /** Null where the picture stays as it is. */
    private Undistortion bent(Camera camera, Path file) throws FormatException {
        try {
            return undistortions.of(camera);
        } catch (IllegalArgumentException e) {
            throw new FormatException(file + ": " + e.getMessage());
        }
    }

    private static BoxFilter.Warp scaling(double across, double down) {
        return (column, row, place) -> {
            place[0] = column * across;
            place[1] = row * down;
        };
    }

    /** The camera for the picture as it was decoded. */
    private static Camera taken(Camera camera, Image picture, Path file) throws FormatException {
        if (camera.width() == 0 || camera.height() == 0) {
            double unit = camera.fx() < LARGEST_RELATIVE_FOCAL ? picture.width() : 1;
            return new Camera(
                    picture.width(),
                    picture.height(),
                    camera.fx() * unit,
                    camera.fy() * unit,
                    camera.cx() > 0 ? camera.cx() * unit : picture.width() / 2.0,
                    camera.cy() > 0 ? camera.cy() * unit : picture.height() / 2.0,
                    camera.lens(),
                    camera.distortion());
        }
        double height = (double) camera.height() * picture.width() / camera.width();
        if (Math.abs(height - picture.height()) > SLACK) {
            throw new FormatException(
                    "%s: %d × %d pixels, but its camera has %d × %d; give pictures of the camera's proportions"
                            .formatted(
                                    file,
                                    picture.width(),
                                    picture.height(),
                                    camera.width(),
                                    camera.height()));
        }
        return camera.scaled(picture.width(), picture.height());
    }

    private static Image coloured(Image image) {
        if (image.channels() == 3) {
            return image;
        }
        var values = new float[Math.toIntExact(image.pixels() * 3)];
        for (int k = 0; k < values.length; k++) {
            values[k] = image.values()[k / 3];
        }
        return new Image(image.width(), image.height(), 3, values, image.alpha());
    }

    private static float[] weights(Image mask) {
        var weights = new float[Math.toIntExact(mask.pixels())];
        for (int k = 0; k < weights.length; k++) {
            float sum = 0;
            for (int c = 0; c < mask.channels(); c++) {
                sum += mask.values()[k * mask.channels() + c];
            }
            weights[k] = Math.clamp(sum / mask.channels(), 0f, 1f);
        }
        return weights;
    }
}
