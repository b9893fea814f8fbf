package org.kernfield.scene;

import java.util.Arrays;

/**
 * Cameras around a scene that has none of its own: on a ring 20° above the horizon, up being −y,
 * all looking at its centre.
 *
 * @param centre x, y, z
 * @param radius distance of the cameras, above 0
 */
public record Ring(double[] centre, double radius) {
    /** Cameras of a whole turn, unless told otherwise. */
    public static final int VIEWS = 8;

    private static final double ELEVATION = Math.toRadians(20);
    private static final double HORIZONTAL_FIELD_OF_VIEW = Math.toRadians(50);

    /** Radius by the median distance from the centre. */
    private static final double DISTANCES = 3;

    /** Radius by the size of a splat, where all are in one place. */
    private static final double SIZES = 20;

    public Ring {
        if (centre.length != 3 || !(radius > 0 && radius < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "ring: a centre of "
                            + centre.length
                            + " coordinates and a radius of "
                            + radius
                            + "; give three and a radius above 0");
        }
        centre = centre.clone();
    }

    /** About the median of the means, at three times the median distance from it. */
    public static Ring around(Splats splats) {
        float[] means = splats.means();
        var centre = new double[3];
        for (int c = 0; c < 3; c++) {
            centre[c] = median(column(means, c));
        }
        var distances = new double[splats.count()];
        for (int k = 0; k < distances.length; k++) {
            double x = means[3 * k] - centre[0];
            double y = means[3 * k + 1] - centre[1];
            double z = means[3 * k + 2] - centre[2];
            distances[k] = Math.sqrt(x * x + y * y + z * z);
        }
        double distance = median(distances);
        if (distance > 0) {
            return new Ring(centre, DISTANCES * distance);
        }
        double size = Math.exp(median(column(splats.logScales(), 0)));
        return new Ring(centre, size > 0 && size < 1e30 ? SIZES * size : 1);
    }

    private static double[] column(float[] rows, int column) {
        var values = new double[rows.length / 3];
        for (int k = 0; k < values.length; k++) {
            values[k] = rows[3 * k + column];
        }
        return values;
    }

    /** The lower of the two in the middle; 0 where there is no finite number. */
    private static double median(double[] values) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        return finite.length == 0 ? 0 : finite[(finite.length - 1) / 2];
    }

    /**
     * View {@code k} of {@code of}, counted from the camera that looks along +z to those on its
     * right, with a horizontal field of view of 50°.
     *
     * @param k any whole number; views repeat after a turn
     * @param of cameras of a whole turn, at least 1
     * @param width pixels in a row
     * @param height rows
     */
    public View view(int k, int of, int width, int height) {
        double turn = 2 * Math.PI * k / of;
        double[] forward = {
            -Math.cos(ELEVATION) * Math.sin(turn),
            Math.sin(ELEVATION),
            Math.cos(ELEVATION) * Math.cos(turn)
        };
        double focal = width / 2.0 / Math.tan(HORIZONTAL_FIELD_OF_VIEW / 2);
        var camera =
                new Camera(
                        width,
                        height,
                        focal,
                        focal,
                        width / 2.0,
                        height / 2.0,
                        Camera.Lens.PERSPECTIVE);
        return View.at(centre, forward, radius, "view " + k, camera);
    }
}
