package org.kernfield.splat.train;

import org.kernfield.field.RadianceTask;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.View;

import java.util.Arrays;
import java.util.List;

/**
 * Where a scene lies and how large it is.
 *
 * @param focus the point nearest to the axes of all cameras
 * @param distance median distance of the cameras from the focus
 * @param radius 1.1 times the greatest distance of a camera from their mean; of a single camera its
 *     distance from what it sees
 */
record Extent(double[] focus, double distance, double radius) {
    private static final double MARGIN = 1.1;

    static Extent of(RadianceTask task) {
        List<View> views = task.training().stream().map(p -> p.view()).toList();
        double[] mean = mean(views);
        double widest = views.stream().mapToDouble(v -> distance(v.centre(), mean)).max().orElse(0);
        double[] focus = focus(views, mean, task.points());
        double[] distances =
                views.stream().mapToDouble(v -> distance(v.centre(), focus)).sorted().toArray();
        double median = Math.max(distances[distances.length / 2], 1e-6);
        // cameras that stand at one place say nothing about the size of what they see
        double radius = MARGIN * widest > 1e-3 * median ? MARGIN * widest : median;
        return new Extent(focus, median, radius);
    }

    private static double[] mean(List<View> views) {
        var mean = new double[3];
        for (View view : views) {
            double[] centre = view.centre();
            for (int c = 0; c < 3; c++) {
                mean[c] += centre[c] / views.size();
            }
        }
        return mean;
    }

    /**
     * Least squares: Σ (I − d·dᵀ)(x − c) = 0 over the axes c + t·d, drawn a little to a place one
     * unit before the cameras so that parallel axes have an answer too; with points their median.
     */
    private static double[] focus(List<View> views, double[] mean, PointCloud points) {
        if (points.count() > 0) {
            return median(points);
        }
        var a = new double[3][3];
        var b = new double[3];
        double small = 1e-3 * views.size();
        var ahead = new double[3];
        for (View view : views) {
            double[] r = view.rotation();
            double[] centre = view.centre();
            for (int i = 0; i < 3; i++) {
                ahead[i] += r[6 + i] / views.size();
                for (int j = 0; j < 3; j++) {
                    double part = (i == j ? 1 : 0) - r[6 + i] * r[6 + j];
                    a[i][j] += part;
                    b[i] += part * centre[j];
                }
            }
        }
        for (int i = 0; i < 3; i++) {
            a[i][i] += small;
            b[i] += small * (mean[i] + ahead[i]);
        }
        return solved(a, b);
    }

    private static double[] median(PointCloud points) {
        var median = new double[3];
        for (int c = 0; c < 3; c++) {
            var values = new float[points.count()];
            for (int k = 0; k < values.length; k++) {
                values[k] = points.positions()[3 * k + c];
            }
            Arrays.sort(values);
            median[c] = values[values.length / 2];
        }
        return median;
    }

    /** Cramer's rule for a symmetric positive matrix. */
    private static double[] solved(double[][] a, double[] b) {
        double whole = determinant(a);
        var x = new double[3];
        for (int c = 0; c < 3; c++) {
            var replaced = new double[][] {a[0].clone(), a[1].clone(), a[2].clone()};
            for (int r = 0; r < 3; r++) {
                replaced[r][c] = b[r];
            }
            x[c] = determinant(replaced) / whole;
        }
        return x;
    }

    private static double determinant(double[][] m) {
        return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    }

    static double distance(double[] a, double[] b) {
        return Math.sqrt(
                (a[0] - b[0]) * (a[0] - b[0])
                        + (a[1] - b[1]) * (a[1] - b[1])
                        + (a[2] - b[2]) * (a[2] - b[2]));
    }
}
