package org.kernfield.splat;

/**
 * A part of a camera's picture, in pixels.
 *
 * @param left first column
 * @param top first row
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Window(int left, int top, int width, int height) {
    public Window {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "window of " + width + " × " + height + " pixels; use at least 1 × 1");
        }
    }
}
