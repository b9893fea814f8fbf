package org.kernfield.io.internal.camera;

import org.kernfield.scene.Camera;

/**
 * COLMAP's camera models, in the order of their numbers.
 *
 * @see <a href="https://colmap.github.io/cameras.html">COLMAP's description</a>
 */
enum ColmapModel {
    SIMPLE_PINHOLE(3),
    PINHOLE(4),
    SIMPLE_RADIAL(4),
    RADIAL(5),
    OPENCV(8),
    OPENCV_FISHEYE(8),
    FULL_OPENCV(12),
    FOV(5),
    SIMPLE_RADIAL_FISHEYE(4),
    RADIAL_FISHEYE(5),
    THIN_PRISM_FISHEYE(12);

    private final int parameters;

    ColmapModel(int parameters) {
        this.parameters = parameters;
    }

    static ColmapModel numbered(int number) {
        if (number < 0 || number >= values().length) {
            throw Refusal.ofModel("number " + number);
        }
        return values()[number];
    }

    static ColmapModel named(String name) {
        for (ColmapModel model : values()) {
            if (model.name().equals(name)) {
                return model;
            }
        }
        throw Refusal.ofModel(name);
    }

    /** The smallest model that says all of a camera, with two focal lengths. */
    static ColmapModel of(Camera camera) {
        boolean isSimple = true;
        for (int k = 4; k < camera.distortion().length; k++) {
            isSimple &= camera.distortion()[k] == 0;
        }
        return switch (camera.lens()) {
            case FISHEYE -> OPENCV_FISHEYE;
            case PERSPECTIVE -> !camera.isDistorted() ? PINHOLE : isSimple ? OPENCV : FULL_OPENCV;
            default ->
                    throw new IllegalArgumentException(
                            "a camera of kind " + camera.lens() + ", which COLMAP has not");
        };
    }

    /** Numbers that a camera of this model has. */
    int parameters() {
        return parameters;
    }

    /** The camera of as many numbers. */
    Camera camera(int width, int height, double[] p) {
        boolean hasOneFocal =
                switch (this) {
                    case SIMPLE_PINHOLE,
                            SIMPLE_RADIAL,
                            RADIAL,
                            SIMPLE_RADIAL_FISHEYE,
                            RADIAL_FISHEYE ->
                            true;
                    default -> false;
                };
        int c = hasOneFocal ? 1 : 2;
        double[] distortion =
                switch (this) {
                    case SIMPLE_PINHOLE, PINHOLE -> new double[0];
                    case SIMPLE_RADIAL, SIMPLE_RADIAL_FISHEYE -> new double[] {p[3]};
                    case RADIAL, RADIAL_FISHEYE -> new double[] {p[3], p[4]};
                    case OPENCV, OPENCV_FISHEYE, FULL_OPENCV ->
                            java.util.Arrays.copyOfRange(p, 4, p.length);
                    case FOV, THIN_PRISM_FISHEYE -> throw Refusal.ofModel(name());
                };
        Camera.Lens lens =
                switch (this) {
                    case OPENCV_FISHEYE, SIMPLE_RADIAL_FISHEYE, RADIAL_FISHEYE ->
                            Camera.Lens.FISHEYE;
                    default -> Camera.Lens.PERSPECTIVE;
                };
        return new Camera(width, height, p[0], p[c - 1], p[c], p[c + 1], lens, distortion);
    }
}
