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
