package org.kernfield.cpu.internal.memory;

/**
 * Copies between rows of {@code width} numbers and planes {@code stride} apart, tile by tile, so
 * that what is read and what is written both stay in cache.
 */
final class Planar {
    private static final int TILE = 32;

    private Planar() {}

    /** {@code planes[c · stride + i] ← from[first + i · width + c]}. */
    static void fromRows(float[] from, int first, int rows, int width, float[] planes, int stride) {
        for (int top = 0; top < rows; top += TILE) {
            int bottom = Math.min(rows, top + TILE);
            for (int left = 0; left < width; left += TILE) {
                int right = Math.min(width, left + TILE);
                for (int c = left; c < right; c++) {
                    for (int i = top; i < bottom; i++) {
                        planes[c * stride + i] = from[first + i * width + c];
                    }
                }
            }
        }
    }

    /** As the one of floats. */
    static void fromRows(
            double[] from, int first, int rows, int width, double[] planes, int stride) {
        for (int top = 0; top < rows; top += TILE) {
            int bottom = Math.min(rows, top + TILE);
            for (int left = 0; left < width; left += TILE) {
                int right = Math.min(width, left + TILE);
                for (int c = left; c < right; c++) {
                    for (int i = top; i < bottom; i++) {
                        planes[c * stride + i] = from[first + i * width + c];
                    }
                }
            }
        }
    }

    /** {@code to[first + i · width + c] ← planes[c · stride + i]}. */
    static void toRows(float[] planes, int stride, float[] to, int first, int rows, int width) {
        for (int top = 0; top < rows; top += TILE) {
            int bottom = Math.min(rows, top + TILE);
            for (int left = 0; left < width; left += TILE) {
                int right = Math.min(width, left + TILE);
                for (int i = top; i < bottom; i++) {
                    for (int c = left; c < right; c++) {
                        to[first + i * width + c] = planes[c * stride + i];
                    }
                }
            }
        }
    }

    /** As the one of floats. */
    static void toRows(double[] planes, int stride, double[] to, int first, int rows, int width) {
        for (int top = 0; top < rows; top += TILE) {
            int bottom = Math.min(rows, top + TILE);
            for (int left = 0; left < width; left += TILE) {
                int right = Math.min(width, left + TILE);
                for (int i = top; i < bottom; i++) {
                    for (int c = left; c < right; c++) {
                        to[first + i * width + c] = planes[c * stride + i];
                    }
                }
            }
        }
    }
}
