package org.kernfield.splat.page;

import org.kernfield.scene.Splats;

/** Which splats can be drawn: finite numbers but for the opacity, and a rotation. */
record Finite(Splats splats) {
    boolean holds(int k) {
        return finite(splats.means(), 3, k)
                && finite(splats.sh(), 3 * Splats.coefficients(splats.degree()), k)
                && finite(splats.rotations(), 4, k)
                && !hasNaN(splats.logScales(), 3, k)
                && !Float.isNaN(splats.opacities()[k]);
    }

    private static boolean finite(float[] values, int width, int row) {
        for (int c = 0; c < width; c++) {
            if (!Float.isFinite(values[width * row + c])) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNaN(float[] values, int width, int row) {
        for (int c = 0; c < width; c++) {
            if (Float.isNaN(values[width * row + c])) {
                return true;
            }
        }
        return false;
    }
}
