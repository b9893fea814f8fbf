package org.kernfield.splat.compress;

import org.kernfield.scene.Camera;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;

/**
 * Where one splat after the other lies on a picture: the affine approximation of the projection
 * (Zwicker and others, EWA splatting, 2002), 0.3 square pixels added. Not thread-safe.
 */
final class Projection {
    private static final double BLUR = 0.3;
    private static final double NEAR = 0.01;

    /** How far beyond the picture's edge the projection is still linearised where it is. */
    private static final double MARGIN = 1.3;

    /** Contributions below this are none. */
    static final double LEAST_ALPHA = 1.0 / 255;

    private final Splats splats;
    private final Camera camera;
    private final double[] rotation;
    private final double[] translation;
    private final double[] axes = new double[9];

    /** Centre in pixels, and conic a·dx² + 2b·dx·dy + c·dy². */
    double u;

    double v;
    double a;
    double b;
    double c;
    double opacity;

    /** Pixels of the box outside which the splat counts as nothing; empty if right ≤ left. */
    int left;

    int right;
    int top;
    int bottom;

    /**
     * @param view of a camera without distortion
     */
    Projection(Splats splats, View view) {
        this.splats = splats;
        this.camera = view.camera();
        this.rotation = view.rotation();
        this.translation = view.translation();
    }

    double depth(int k) {
        return coordinate(k, 2);
    }

    private double coordinate(int k, int row) {
        float[] m = splats.means();
        return rotation[3 * row] * m[3 * k]
                + rotation[3 * row + 1] * m[3 * k + 1]
                + rotation[3 * row + 2] * m[3 * k + 2]
                + translation[row];
    }

    /** Projects splat {@code k}; whether any pixel can see it. */
    boolean project(int k) {
        double x = coordinate(k, 0);
        double y = coordinate(k, 1);
        double z = coordinate(k, 2);
        opacity = 1 / (1 + Math.exp(-splats.opacities()[k]));
        if (!(z > NEAR) || !(opacity >= LEAST_ALPHA)) {
            return false;
        }
        double limitX = MARGIN * 0.5 * camera.width() / camera.fx();
        double limitY = MARGIN * 0.5 * camera.height() / camera.fy();
        double tx = Math.clamp(x / z, -limitX, limitX);
        double ty = Math.clamp(y / z, -limitY, limitY);
        ownAxes(k);
        double xx = BLUR;
        double xy = 0;
        double yy = BLUR;
        for (int axis = 0; axis < 3; axis++) {
            double dx = camera.fx() / z * (axes[axis] - tx * axes[6 + axis]);
            double dy = camera.fy() / z * (axes[3 + axis] - ty * axes[6 + axis]);
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
        }
        u = camera.fx() * x / z + camera.cx();
        v = camera.fy() * y / z + camera.cy();
        double determinant = xx * yy - xy * xy;
        a = yy / determinant;
        b = -xy / determinant;
        c = xx / determinant;
        return box(xx, yy);
    }

    /** Columns are the splat's axes in the camera, as long as their deviations. */
    private void ownAxes(int k) {
        float[] q = splats.rotations();
        double w = q[4 * k];
        double x = q[4 * k + 1];
        double y = q[4 * k + 2];
        double z = q[4 * k + 3];
        double norm = w * w + x * x + y * y + z * z;
        double s = norm > 0 ? 2 / norm : 0;
        double[] m = {
            1 - s * (y * y + z * z),
            s * (x * y - w * z),
            s * (x * z + w * y),
            s * (x * y + w * z),
            1 - s * (x * x + z * z),
            s * (y * z - w * x),
            s * (x * z - w * y),
            s * (y * z + w * x),
            1 - s * (x * x + y * y)
        };
        for (int axis = 0; axis < 3; axis++) {
            double scale = Math.exp(splats.logScales()[3 * k + axis]);
            for (int row = 0; row < 3; row++) {
                axes[3 * row + axis] =
                        scale
                                * (rotation[3 * row] * m[axis]
                                        + rotation[3 * row + 1] * m[3 + axis]
                                        + rotation[3 * row + 2] * m[6 + axis]);
            }
        }
    }

    private boolean box(double xx, double yy) {
        double reach = Math.sqrt(2 * Math.log(opacity / LEAST_ALPHA));
        double halfX = reach * Math.sqrt(xx);
        double halfY = reach * Math.sqrt(yy);
        left = (int) Math.clamp(Math.ceil(u - halfX - 0.5), 0, camera.width());
        right = (int) Math.clamp(Math.floor(u + halfX - 0.5) + 1, 0, camera.width());
        top = (int) Math.clamp(Math.ceil(v - halfY - 0.5), 0, camera.height());
        bottom = (int) Math.clamp(Math.floor(v + halfY - 0.5) + 1, 0, camera.height());
        return left < right && top < bottom;
    }
}
