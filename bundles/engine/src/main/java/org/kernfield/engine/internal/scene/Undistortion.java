package org.kernfield.engine.internal.scene;

import org.kernfield.scene.Camera;
import org.kernfield.scene.Camera.Lens;

/**
 * A pinhole camera of the same size in place of a distorted one: its focal lengths are the shortest
 * at which every pixel of it is seen by the other.
 */
final class Undistortion {
    private static final double SHORTEST = 0.25;
    private static final double LONGEST = 4;
    private static final int HALVINGS = 40;
    private static final int SAMPLES = 64;

    /** Places across and down at which the sampling is looked at. */
    private static final int GRID = 8;

    /** Tangent of the angle from the axis up to which a lens is looked at: 84 degrees. */
    private static final double WIDEST_TANGENT = 10;

    /** Steps by which the reach of a distortion is looked for. */
    private static final int STEPS = 1000;

    /** Of a pixel; half the distance over which derivatives are taken. */
    private static final double STEP = 1e-3;

    /** Of a pixel; what rounding may take away at the border. */
    private static final double SLACK = 1e-6;

    private final Camera distorted;
    private final Camera pinhole;

    private Undistortion(Camera distorted, Camera pinhole) {
        this.distorted = distorted;
        this.pinhole = pinhole;
    }

    /** Whether pictures of a camera are to be made ones of a pinhole. */
    static boolean isNeeded(Camera camera) {
        return camera.lens() == Lens.FISHEYE
                || camera.lens() == Lens.PERSPECTIVE && camera.isDistorted();
    }

    /**
     * @throws IllegalArgumentException if no pinhole camera of that size sees only what is there
     */
    static Undistortion of(Camera camera) {
        double low = SHORTEST;
        double high = LONGEST;
        if (!isCovered(camera, high)) {
            throw new IllegalArgumentException(
                    "distortion %s leaves nothing straight to see; check the calibration"
                            .formatted(java.util.Arrays.toString(camera.distortion())));
        }
        for (int k = 0; k < HALVINGS; k++) {
            double middle = Math.sqrt(low * high);
            if (isCovered(camera, middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return new Undistortion(camera, pinhole(camera, high));
    }

    /**
     * How far from the principal point pictures do not fold over in any direction, in pixels of
     * this camera; infinite where they fold nowhere within 84 degrees from the axis.
     */
    static double reach(Camera camera) {
        double least = Double.POSITIVE_INFINITY;
        for (int across = -1; across <= 1; across++) {
            for (int down = -1; down <= 1; down++) {
                if (across != 0 || down != 0) {
                    least = Math.min(least, reach(camera, across, down));
                }
            }
        }
        return least;
    }

    private static double reach(Camera camera, int across, int down) {
        double unit = WIDEST_TANGENT / Math.hypot(across, down) / STEPS;
        var pixel = new double[2];
        double before = 0;
        for (int k = 1; k <= STEPS; k++) {
            project(camera, k * unit * across, k * unit * down, pixel);
            double distance = Math.hypot(pixel[0] - camera.cx(), pixel[1] - camera.cy());
            if (!(distance > before)) {
                return before;
            }
            before = distance;
        }
        return Double.POSITIVE_INFINITY;
    }

    private static Camera pinhole(Camera camera, double zoom) {
        return new Camera(
                camera.width(),
                camera.height(),
                camera.fx() * zoom,
                camera.fy() * zoom,
                camera.cx(),
                camera.cy(),
                Lens.PERSPECTIVE);
    }

    Camera camera() {
        return pinhole;
    }

    /**
     * How much the sampling changes where it changes most: sides of a pixel in pixels of the other
     * picture, the larger by the smaller, at least 1.
     */
    double strain() {
        double most = 1;
        for (int row = 0; row <= GRID; row++) {
            for (int column = 0; column <= GRID; column++) {
                double side =
                        Math.sqrt(
                                area(
                                        (double) column / GRID * pinhole.width(),
                                        (double) row / GRID * pinhole.height()));
                most = Math.max(most, Math.max(side, 1 / side));
            }
        }
        return most;
    }

    /** Of the distorted picture, in pixels, that a pixel of the pinhole covers about a place. */
    private double area(double column, double row) {
        var left = new double[2];
        var right = new double[2];
        var above = new double[2];
        var below = new double[2];
        source(column - STEP, row, left);
        source(column + STEP, row, right);
        source(column, row - STEP, above);
        source(column, row + STEP, below);
        double crossed =
                (right[0] - left[0]) * (below[1] - above[1])
                        - (right[1] - left[1]) * (below[0] - above[0]);
        return Math.abs(crossed) / (4 * STEP * STEP);
    }

    /** Where a place of the pinhole's picture lies in the distorted one, in pixels. */
    void source(double column, double row, double[] place) {
        double x = (column - pinhole.cx()) / pinhole.fx();
        double y = (row - pinhole.cy()) / pinhole.fy();
        project(distorted, x, y, place);
    }

    /** The pixel that sees direction (x, y, 1). */
    private static void project(Camera camera, double x, double y, double[] pixel) {
        if (camera.lens() == Lens.FISHEYE) {
            fisheye(camera, x, y, pixel);
        } else {
            perspective(camera, x, y, pixel);
        }
        pixel[0] = camera.fx() * pixel[0] + camera.cx();
        pixel[1] = camera.fy() * pixel[1] + camera.cy();
    }

    private static void perspective(Camera camera, double x, double y, double[] bent) {
        double r2 = x * x + y * y;
        double above = 1 + r2 * (k(camera, 0) + r2 * (k(camera, 1) + r2 * k(camera, 4)));
        double below = 1 + r2 * (k(camera, 5) + r2 * (k(camera, 6) + r2 * k(camera, 7)));
        double p1 = k(camera, 2);
        double p2 = k(camera, 3);
        bent[0] = x * above / below + 2 * p1 * x * y + p2 * (r2 + 2 * x * x);
        bent[1] = y * above / below + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y;
    }

    private static void fisheye(Camera camera, double x, double y, double[] bent) {
        double r = Math.hypot(x, y);
        double angle = Math.atan(r);
        double a2 = angle * angle;
        double series =
                1
                        + a2
                                * (k(camera, 0)
                                        + a2
                                                * (k(camera, 1)
                                                        + a2 * (k(camera, 2) + a2 * k(camera, 3))));
        double scale = r > 0 ? angle * series / r : 1;
        bent[0] = x * scale;
        bent[1] = y * scale;
    }

    private static double k(Camera camera, int index) {
        return index < camera.distortion().length ? camera.distortion()[index] : 0;
    }

    /** Whether the border at that zoom is seen, and the way there from the middle does not fold. */
    private static boolean isCovered(Camera camera, double zoom) {
        Camera straight = pinhole(camera, zoom);
        for (int k = 0; k <= SAMPLES; k++) {
            double across = (double) k / SAMPLES * camera.width();
            double down = (double) k / SAMPLES * camera.height();
            if (!isSeen(camera, straight, across, 0)
                    || !isSeen(camera, straight, across, camera.height())
                    || !isSeen(camera, straight, 0, down)
                    || !isSeen(camera, straight, camera.width(), down)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSeen(Camera camera, Camera straight, double column, double row) {
        double x = (column - straight.cx()) / straight.fx();
        double y = (row - straight.cy()) / straight.fy();
        var pixel = new double[2];
        double before = 0;
        for (int k = 1; k <= SAMPLES; k++) {
            project(camera, x * k / SAMPLES, y * k / SAMPLES, pixel);
            double distance = Math.hypot(pixel[0] - camera.cx(), pixel[1] - camera.cy());
            if (!(distance >= before)) {
                return false;
            }
            before = distance;
        }
        return pixel[0] >= -SLACK
                && pixel[0] <= camera.width() + SLACK
                && pixel[1] >= -SLACK
                && pixel[1] <= camera.height() + SLACK;
    }
}
