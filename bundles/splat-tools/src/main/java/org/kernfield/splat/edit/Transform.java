package org.kernfield.splat.edit;

import org.kernfield.scene.Rotation;
import org.kernfield.scene.Splats;

/**
 * A similarity of space, p → s·R·p + t: means, shapes and the directions of the colours follow it.
 * Lengths of quaternions stay, infinite opacities as well; a quaternion of length 0 is no rotation
 * and becomes R.
 */
public final class Transform implements Edit {
    private final double scale;
    private final double[] rotation;
    private final double[] translation;

    /**
     * @param scale s, above 0
     * @param rotation w, x, y, z of R, of any length but 0
     * @param translation t
     */
    public Transform(double scale, double[] rotation, double[] translation) {
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "scale " + scale + ": not a size; give a number above 0");
        }
        this.scale = scale;
        this.rotation = unit(rotation);
        this.translation = finite("translation", translation, 3);
    }

    private static double[] finite(String what, double[] values, int count) {
        boolean isFinite = values.length == count;
        for (double x : values) {
            isFinite &= Double.isFinite(x);
        }
        if (!isFinite) {
            throw new IllegalArgumentException(
                    "%s %s: not finite or not of length %d; give %d numbers"
                            .formatted(what, java.util.Arrays.toString(values), count, count));
        }
        return values.clone();
    }

    private static double[] unit(double[] quaternion) {
        double[] q = finite("rotation", quaternion, 4);
        double length = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
        if (!(length > 0)) {
            throw new IllegalArgumentException(
                    "rotation: a quaternion of length 0; give one that turns, or 1, 0, 0, 0");
        }
        for (int k = 0; k < 4; k++) {
            q[k] /= length;
        }
        return q;
    }

    /** A shift, in the units of the splats. */
    public static Transform translation(double x, double y, double z) {
        return new Transform(1, new double[] {1, 0, 0, 0}, new double[] {x, y, z});
    }

    /**
     * A turn about an axis through the origin, by the right-hand rule.
     *
     * @param axis three numbers, not all 0
     * @param angle in radians
     */
    public static Transform rotation(double[] axis, double angle) {
        finite("axis", axis, 3);
        if (axis[0] == 0 && axis[1] == 0 && axis[2] == 0) {
            throw new IllegalArgumentException("axis 0, 0, 0: no direction; give one");
        }
        return new Transform(1, Quaternions.turn(axis, angle), new double[3]);
    }

    /** A change of size about the origin. */
    public static Transform scaling(double factor) {
        return new Transform(factor, new double[] {1, 0, 0, 0}, new double[3]);
    }

    @Override
    public Splats apply(Splats splats) {
        double[] r = Rotation.matrix(rotation[0], rotation[1], rotation[2], rotation[3]);
        boolean turns = rotation[1] != 0 || rotation[2] != 0 || rotation[3] != 0;
        return new Splats(
                splats.degree(),
                means(splats.means(), r),
                scale == 1 ? splats.logScales() : logScales(splats.logScales()),
                turns ? rotations(splats.rotations()) : splats.rotations(),
                splats.opacities(),
                turns && splats.degree() > 0
                        ? new HarmonicRotation(r, splats.degree()).apply(splats.sh())
                        : splats.sh(),
                splats.extra());
    }

    private float[] means(float[] means, double[] r) {
        var moved = new float[means.length];
        for (int k = 0; k < means.length; k += 3) {
            for (int c = 0; c < 3; c++) {
                double turned =
                        r[3 * c] * means[k]
                                + r[3 * c + 1] * means[k + 1]
                                + r[3 * c + 2] * means[k + 2];
                moved[k + c] = (float) (scale * turned + translation[c]);
            }
        }
        return moved;
    }

    private float[] logScales(float[] logScales) {
        var scaled = new float[logScales.length];
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] = (float) (logScales[k] + Math.log(scale));
        }
        return scaled;
    }

    private float[] rotations(float[] rotations) {
        var turned = new float[rotations.length];
        var own = new double[4];
        for (int k = 0; k < turned.length; k += 4) {
            for (int c = 0; c < 4; c++) {
                own[c] = rotations[k + c];
            }
            double[] q = isZero(own) ? rotation : Quaternions.product(rotation, own);
            for (int c = 0; c < 4; c++) {
                turned[k + c] = (float) q[c];
            }
        }
        return turned;
    }

    private static boolean isZero(double[] q) {
        return q[0] == 0 && q[1] == 0 && q[2] == 0 && q[3] == 0;
    }
}
