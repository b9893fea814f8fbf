package org.kernfield.scene;

/**
 * A picture and where it was taken from: a point p of the world is at R·p + t of the camera, whose
 * axes are x right, y down, z forward.
 *
 * @param picture path as the file gives it, relative to the scene's directory unless absolute
 * @param camera how it projects
 * @param rotation R, 3 × 3, row-major
 * @param translation t, in the scene's units
 */
public record View(String picture, Camera camera, double[] rotation, double[] translation) {
    public View {
        if (rotation.length != 9 || translation.length != 3) {
            throw new IllegalArgumentException(
                    "view: a rotation has 9 numbers and a translation 3, not "
                            + rotation.length
                            + " and "
                            + translation.length);
        }
        rotation = rotation.clone();
        translation = translation.clone();
    }

    /**
     * A view from {@code distance} before a point, straight at it, with the horizon level and up
     * being −y.
     *
     * @param target x, y, z
     * @param forward unit vector from the camera to the target; not straight up or down
     */
    public static View at(
            double[] target, double[] forward, double distance, String picture, Camera camera) {
        double level = Math.hypot(forward[0], forward[2]);
        double[] right = {forward[2] / level, 0, -forward[0] / level};
        double[] rotation = {
            right[0],
            right[1],
            right[2],
            forward[1] * right[2] - forward[2] * right[1],
            forward[2] * right[0] - forward[0] * right[2],
            forward[0] * right[1] - forward[1] * right[0],
            forward[0],
            forward[1],
            forward[2]
        };
        // the target lies at (0, 0, distance) of the camera
        var translation = new double[3];
        for (int row = 0; row < 3; row++) {
            for (int c = 0; c < 3; c++) {
                translation[row] -= rotation[3 * row + c] * target[c];
            }
        }
        translation[2] += distance;
        return new View(picture, camera, rotation, translation);
    }

    /** The same view through another camera. */
    public View with(Camera other) {
        return new View(picture, other, rotation, translation);
    }

    /** Where the camera stands: −Rᵀ·t. */
    public double[] centre() {
        var centre = new double[3];
        for (int c = 0; c < 3; c++) {
            for (int r = 0; r < 3; r++) {
                centre[c] -= rotation[3 * r + c] * translation[r];
            }
        }
        return centre;
    }
}
