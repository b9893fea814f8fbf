package org.kernfield.splat.render;

import org.kernfield.scene.Camera;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.scene.View;
import org.kernfield.splat.Window;

import java.util.Arrays;

/**
 * A view as numbers for the uniforms of a kernel.
 *
 * @param pose R row by row, then t: 12 numbers
 * @param intrinsics fx, fy, cx, cy
 * @param distortion as many coefficients as any lens has, 0 where there is none
 * @param bounds least and largest x/z, least and largest y/z at which a perspective picture is
 *     linearised
 * @param farthest the largest {@link Lenses#fieldAngle} that is drawn
 */
record CameraNumbers(
        double[] pose, double[] intrinsics, double[] distortion, double[] bounds, double farthest) {
    static final int POSE = 12;
    static final int BOUNDS = 4;

    /** How far beyond the picture's edge splats are linearised where they are, in half pictures. */
    private static final double MARGIN = 0.3;

    /** Steps by which the reach of a distortion is looked for. */
    private static final int STEPS = 1000;

    /** Farthest tangent from the axis that a distorted picture may show: 84 degrees. */
    private static final double WIDEST_TANGENT = 10;

    /** Pixels are counted from the window's corner. */
    static CameraNumbers of(View view, Window window) {
        Camera camera = view.camera();
        var pose = new double[POSE];
        System.arraycopy(view.rotation(), 0, pose, 0, 9);
        System.arraycopy(view.translation(), 0, pose, 9, 3);
        return new CameraNumbers(
                pose,
                new double[] {
                    camera.fx(),
                    camera.fy(),
                    camera.cx() - window.left(),
                    camera.cy() - window.top()
                },
                Arrays.copyOf(camera.distortion(), Lenses.COEFFICIENTS),
                bounds(camera),
                Math.pow(farthest(camera), 2));
    }

    private static double[] bounds(Camera camera) {
        double across = MARGIN * camera.width() / (2 * camera.fx());
        double down = MARGIN * camera.height() / (2 * camera.fy());
        return new double[] {
            -camera.cx() / camera.fx() - across,
            (camera.width() - camera.cx()) / camera.fx() + across,
            -camera.cy() / camera.fy() - down,
            (camera.height() - camera.cy()) / camera.fy() + down
        };
    }

    /** The tangent or angle up to which the distortion grows; beyond it pictures fold over. */
    private static double farthest(Camera camera) {
        boolean isFisheye = camera.lens() == Lens.FISHEYE;
        double limit = isFisheye ? Math.PI : WIDEST_TANGENT;
        if (!camera.isDistorted()) {
            return isFisheye ? limit : 1e15;
        }
        double before = 0;
        for (int i = 1; i <= STEPS; i++) {
            double r = limit * i / STEPS;
            double bent = bent(camera, r);
            if (!(bent > before)) {
                return limit * (i - 1) / STEPS;
            }
            before = bent;
        }
        return limit;
    }

    private static double bent(Camera camera, double r) {
        double[] k = Arrays.copyOf(camera.distortion(), Lenses.COEFFICIENTS);
        double s = r * r;
        return camera.lens() == Lens.FISHEYE
                ? r * (1 + s * (k[0] + s * (k[1] + s * (k[2] + s * k[3]))))
                : r
                        * (1 + s * (k[0] + s * (k[1] + s * k[4])))
                        / (1 + s * (k[5] + s * (k[6] + s * k[7])));
    }
}
