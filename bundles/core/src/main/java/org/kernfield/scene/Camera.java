package org.kernfield.scene;

import java.util.Arrays;

/**
 * How directions become pixels: x right, y down, z forward, the centre of the first pixel at (0.5,
 * 0.5). A direction (x/z, y/z) is distorted first, then u = fx·x′ + cx, v = fy·y′ + cy.
 *
 * @param width pixels in a row; 0 where the file does not say
 * @param height rows; 0 where the file does not say
 * @param fx focal length, in pixels
 * @param fy focal length, in pixels
 * @param cx principal point, in pixels from the left edge
 * @param cy principal point, in pixels from the upper edge
 * @param lens kind of projection
 * @param distortion its coefficients, all or the first few: k1, k2, p1, p2, k3, k4, k5, k6 of
 *     {@link Lens#PERSPECTIVE} (the order of OpenCV); k1, k2, k3, k4 of {@link Lens#FISHEYE}
 */
public record Camera(
        int width,
        int height,
        double fx,
        double fy,
        double cx,
        double cy,
        Lens lens,
        double... distortion) {
    /** Kinds of projection. */
    public enum Lens {
        /**
         * x′ = x·(1 + k1 r² + k2 r⁴ + k3 r⁶)/(1 + k4 r² + k5 r⁴ + k6 r⁶) + 2 p1 x y + p2 (r² +
         * 2x²), likewise y′ (D. C. Brown 1966, as OpenCV has it).
         */
        PERSPECTIVE(8),
        /** θ′ = θ·(1 + k1 θ² + k2 θ⁴ + k3 θ⁶ + k4 θ⁸), θ from the axis (Kannala, Brandt 2006). */
        FISHEYE(4),
        /** u = fx·longitude + cx, v = fy·latitude + cy, angles from the axis; the whole sphere. */
        EQUIRECTANGULAR(0),
        /** u = fx·x + cx, v = fy·y + cy, focal lengths being pixels to a unit of the scene. */
        ORTHOGRAPHIC(0);

        private final int coefficients;

        Lens(int coefficients) {
            this.coefficients = coefficients;
        }
    }

    public Camera {
        if (width < 0 || height < 0) {
            throw new IllegalArgumentException(
                    "camera: " + width + " × " + height + " pixels; use 0 or more");
        }
        if (!(fx > 0 && fy > 0 && fx < Double.POSITIVE_INFINITY && fy < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "camera: focal lengths " + fx + " and " + fy + "; use pixels above 0");
        }
        if (!Double.isFinite(cx) || !Double.isFinite(cy)) {
            throw new IllegalArgumentException(
                    "camera: principal point " + cx + ", " + cy + "; use finite pixels");
        }
        if (distortion.length > lens.coefficients) {
            throw new IllegalArgumentException(
                    "camera: "
                            + distortion.length
                            + " distortion coefficients; "
                            + lens
                            + " has "
                            + lens.coefficients);
        }
        for (double coefficient : distortion) {
            if (!Double.isFinite(coefficient)) {
                throw new IllegalArgumentException(
                        "camera: distortion "
                                + Arrays.toString(distortion)
                                + "; use finite coefficients");
            }
        }
        distortion = distortion.clone();
    }

    /**
     * The same camera with pixels of another size.
     *
     * @param columns pixels in a row, at least 1
     * @param rows at least 1
     * @throws IllegalStateException for a camera without a size
     */
    public Camera scaled(int columns, int rows) {
        if (width < 1 || height < 1) {
            throw new IllegalStateException(
                    "camera: " + width + " × " + height + " pixels; give it a size first");
        }
        double across = (double) columns / width;
        double down = (double) rows / height;
        return new Camera(
                columns, rows, fx * across, fy * down, cx * across, cy * down, lens, distortion);
    }

    /** Whether any coefficient differs from 0. */
    public boolean isDistorted() {
        for (double k : distortion) {
            if (k != 0) {
                return true;
            }
        }
        return false;
    }
}
