package org.kernfield.splat.page;

import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.edit.Harmonics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What a camera sees of splats, in float64 and straight from the formulas (Zwicker and others, EWA
 * splatting, 2002; Kerbl and others 2023): every pixel looks at every splat.
 */
final class EwaPicture {
    private final Splats splats;
    private final View view;
    private final boolean isAntialiased;
    private final double[] eye;

    EwaPicture(Splats splats, View view, boolean isAntialiased) {
        this.splats = splats;
        this.view = view;
        this.isAntialiased = isAntialiased;
        this.eye = view.centre();
    }

    /** Centre, inverse covariance and colour on the screen. */
    private record Footprint(
            double depth,
            double u,
            double v,
            double a,
            double b,
            double c,
            double opacity,
            double[] colour) {}

    /** Pixels × 3, in [0, 1]. */
    double[] over(double background) {
        var near =
                IntStream.range(0, splats.count())
                        .mapToObj(this::footprint)
                        .filter(f -> f.depth > 1e-3)
                        .sorted(Comparator.comparingDouble(Footprint::depth))
                        .toList();
        int width = view.camera().width();
        var picture = new double[3 * width * view.camera().height()];
        for (int pixel = 0; pixel < picture.length / 3; pixel++) {
            double x = pixel % width + 0.5;
            double y = pixel / width + 0.5;
            double light = 1;
            for (Footprint f : near) {
                double dx = x - f.u;
                double dy = y - f.v;
                double power = -0.5 * (f.a * dx * dx + f.c * dy * dy) - f.b * dx * dy;
                double alpha = Math.min(0.99, f.opacity * Math.exp(power));
                if (alpha < 1.0 / 255) {
                    continue;
                }
                for (int c = 0; c < 3; c++) {
                    picture[3 * pixel + c] += light * alpha * f.colour[c];
                }
                light *= 1 - alpha;
            }
            for (int c = 0; c < 3; c++) {
                double value = picture[3 * pixel + c] + light * background;
                picture[3 * pixel + c] = Math.clamp(value, 0, 1);
            }
        }
        return picture;
    }

    private Footprint footprint(int k) {
        double[] r = view.rotation();
        var p = new double[3];
        for (int row = 0; row < 3; row++) {
            p[row] = view.translation()[row];
            for (int c = 0; c < 3; c++) {
                p[row] += r[3 * row + c] * splats.means()[3 * k + c];
            }
        }
        double f = view.camera().fx();
        double[][] jacobian = {
            {f / p[2], 0, -f * p[0] / (p[2] * p[2])}, {0, f / p[2], -f * p[1] / (p[2] * p[2])}
        };
        double[][] covariance = covariance(k, r);
        var s = new double[2][2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                s[i][j] = i == j ? 0.3 : 0;
                for (int m = 0; m < 3; m++) {
                    for (int n = 0; n < 3; n++) {
                        s[i][j] += jacobian[i][m] * covariance[m][n] * jacobian[j][n];
                    }
                }
            }
        }
        double determinant = s[0][0] * s[1][1] - s[0][1] * s[1][0];
        double sharp = (s[0][0] - 0.3) * (s[1][1] - 0.3) - s[0][1] * s[1][0];
        double share = isAntialiased ? Math.sqrt(Math.max(sharp / determinant, 2.5e-5)) : 1;
        return new Footprint(
                p[2],
                f * p[0] / p[2] + view.camera().cx(),
                f * p[1] / p[2] + view.camera().cy(),
                s[1][1] / determinant,
                -s[0][1] / determinant,
                s[0][0] / determinant,
                share / (1 + Math.exp(-splats.opacities()[k])),
                colour(k));
    }

    /** V R S² Rᵀ Vᵀ of the camera's rotation V. */
    private double[][] covariance(int k, double[] camera) {
        float[] all = splats.rotations();
        double w = all[4 * k];
        double x = all[4 * k + 1];
        double y = all[4 * k + 2];
        double z = all[4 * k + 3];
        double s = 2 / (w * w + x * x + y * y + z * z);
        double[] own = {
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
        var m = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int c = 0; c < 3; c++) {
                    m[i][j] += camera[3 * i + c] * own[3 * c + j];
                }
                m[i][j] *= Math.exp(splats.logScales()[3 * k + j]);
            }
        }
        var covariance = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int c = 0; c < 3; c++) {
                    covariance[i][j] += m[i][c] * m[j][c];
                }
            }
        }
        return covariance;
    }

    private double[] colour(int k) {
        int n = Splats.coefficients(splats.degree());
        var d = new double[3];
        double length = 0;
        for (int c = 0; c < 3; c++) {
            d[c] = splats.means()[3 * k + c] - eye[c];
            length += d[c] * d[c];
        }
        length = Math.sqrt(length);
        var harmonics = new double[n];
        Harmonics.evaluate(splats.degree(), d[0] / length, d[1] / length, d[2] / length, harmonics);
        var colour = new double[3];
        for (int c = 0; c < 3; c++) {
            colour[c] = 0.5;
            for (int h = 0; h < n; h++) {
                colour[c] += harmonics[h] * splats.sh()[3 * (n * k + h) + c];
            }
            colour[c] = Math.max(0, colour[c]);
        }
        return colour;
    }
}
