package org.kernfield.splat.edit;

import org.kernfield.scene.Rotation;
import org.kernfield.scene.Splats;

/**
 * Splats as a mixture of normal distributions. The weight of one is its opacity times the mean of
 * its three cross-sections, about what it contributes to pictures; two are merged into the one with
 * the weight, mean and covariance of both together (moment matching).
 */
final class Moments {
    /** Numbers of a covariance matrix: xx, xy, xz, yy, yz, zz. */
    static final int COVARIANCE = 6;

    /** Standard deviation of a colour as if it were a place, for the cost of merging. */
    private static final double COLOUR_DEVIATION = 0.15;

    /** Added to covariances, relative to their trace, so that flat ones have a volume. */
    private static final double THICKNESS = 1e-4;

    /** Logarithms of standard deviations are limited to ± this, as in pictures. */
    private static final double LARGEST_LOG_SCALE = 27;

    private final Splats splats;
    private final double[] covariances;
    private final double[] weights;
    private final double[] logVolumes;

    /**
     * @param splats with finite numbers, infinite scales and opacities apart
     */
    Moments(Splats splats) {
        this.splats = splats;
        int n = splats.count();
        covariances = new double[COVARIANCE * n];
        weights = new double[n];
        logVolumes = new double[n];
        for (int k = 0; k < n; k++) {
            covariance(k);
            weights[k] = opacity(k) * section(k);
            logVolumes[k] = logVolume(covariances, COVARIANCE * k);
        }
    }

    double weight(int k) {
        return weights[k];
    }

    double opacity(int k) {
        return 1 / (1 + Math.exp(-splats.opacities()[k]));
    }

    private double section(int k) {
        return section(scale(k, 0), scale(k, 1), scale(k, 2));
    }

    private double scale(int k, int axis) {
        double log = splats.logScales()[3 * k + axis];
        return Math.exp(Math.clamp(log, -LARGEST_LOG_SCALE, LARGEST_LOG_SCALE));
    }

    private static double section(double a, double b, double c) {
        return (a * b + b * c + a * c) / 3;
    }

    /** R S² Rᵀ. */
    private void covariance(int k) {
        float[] q = splats.rotations();
        double[] r = Rotation.matrix(q[4 * k], q[4 * k + 1], q[4 * k + 2], q[4 * k + 3]);
        for (int i = 0, at = COVARIANCE * k; i < 3; i++) {
            for (int j = i; j < 3; j++, at++) {
                for (int c = 0; c < 3; c++) {
                    double scale = scale(k, c);
                    covariances[at] += r[3 * i + c] * r[3 * j + c] * scale * scale;
                }
            }
        }
    }

    /** log det of a covariance that is made a little thicker. */
    private static double logVolume(double[] s, int at) {
        double thin = THICKNESS * (s[at] + s[at + 3] + s[at + 5]) + 1e-30;
        double xx = s[at] + thin;
        double yy = s[at + 3] + thin;
        double zz = s[at + 5] + thin;
        double xy = s[at + 1];
        double xz = s[at + 2];
        double yz = s[at + 4];
        double determinant =
                xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz);
        return Math.log(Math.max(determinant, Double.MIN_NORMAL));
    }

    /** Mean and covariance of i and j together, with the share of i. */
    private double[] together(int i, int j, double share) {
        var s = new double[COVARIANCE];
        float[] m = splats.means();
        for (int a = 0, at = 0; a < 3; a++) {
            for (int b = a; b < 3; b++, at++) {
                double da = (double) m[3 * i + a] - m[3 * j + a];
                double db = (double) m[3 * i + b] - m[3 * j + b];
                s[at] =
                        share * covariances[COVARIANCE * i + at]
                                + (1 - share) * covariances[COVARIANCE * j + at]
                                + share * (1 - share) * da * db;
            }
        }
        return s;
    }

    private double share(int i, int j) {
        double sum = weights[i] + weights[j];
        return sum > 0 ? weights[i] / sum : 0.5;
    }

    /**
     * What merging i and j costs: Runnalls' bound of the divergence (IEEE Transactions on Aerospace
     * and Electronic Systems 43, 2007, equation 22), ½[(w_i + w_j) log det Σ_ij − w_i log det Σ_i −
     * w_j log det Σ_j], colours of degree 0 being further coordinates of their own variance.
     */
    double cost(int i, int j) {
        double share = share(i, j);
        double[] s = together(i, j, share);
        double spread = logVolume(s, 0) - share * logVolumes[i] - (1 - share) * logVolumes[j];
        int width = 3 * Splats.coefficients(splats.degree());
        double colour = 0;
        for (int c = 0; c < 3; c++) {
            double d = Splats.SH_0 * (splats.sh()[width * i + c] - splats.sh()[width * j + c]);
            colour += d * d;
        }
        colour = Math.log1p(share * (1 - share) * colour / (COLOUR_DEVIATION * COLOUR_DEVIATION));
        return 0.5 * (weights[i] + weights[j]) * (spread + colour);
    }

    /** Puts i and j, merged, into row {@code to} of {@code target}; further properties of i. */
    void merge(int i, int j, Splats target, int to) {
        double share = share(i, j);
        blend(splats.means(), 3, i, j, share, target.means(), to);
        int width = 3 * Splats.coefficients(splats.degree());
        blend(splats.sh(), width, i, j, share, target.sh(), to);
        var eigen = new SymmetricEigen(together(i, j, share));
        var scales = new double[3];
        for (int c = 0; c < 3; c++) {
            scales[c] = Math.sqrt(Math.max(eigen.values[c], Float.MIN_NORMAL));
            target.logScales()[3 * to + c] = (float) Math.log(scales[c]);
        }
        double[] q = Quaternions.of(eigen.vectors);
        for (int c = 0; c < 4; c++) {
            target.rotations()[4 * to + c] = (float) q[c];
        }
        target.opacities()[to] = opacity(i, j, section(scales[0], scales[1], scales[2]));
        target.extra().forEach((name, values) -> values[to] = splats.extra().get(name)[i]);
    }

    /** As much weight as both have, but no more opaque than both on top of each other. */
    private float opacity(int i, int j, double section) {
        double a = opacity(i);
        double b = opacity(j);
        double most = a + b - a * b;
        double kept = Math.min(most, (weights[i] + weights[j]) / section);
        return (float) (Math.log(kept) - Math.log1p(-kept));
    }

    private static void blend(
            float[] from, int width, int i, int j, double share, float[] to, int row) {
        for (int c = 0; c < width; c++) {
            to[width * row + c] =
                    (float) (share * from[width * i + c] + (1 - share) * from[width * j + c]);
        }
    }
}
