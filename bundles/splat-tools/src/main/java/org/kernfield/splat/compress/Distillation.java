package org.kernfield.splat.compress;

import org.kernfield.backend.Workers;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.edit.Degree;
import org.kernfield.splat.edit.Edit;
import org.kernfield.splat.edit.Harmonics;

import java.util.List;

/**
 * Colours of a lower degree that look as much as possible like those there are from where somebody
 * looks: for each splat the coefficients that are kept take up what is dropped, by least squares
 * over the directions of some views, held to those of the whole sphere by a tenth of the weight.
 *
 * @param degree to keep, 0 to 4
 * @param views somebody looks from
 * @param workers blocks of splats
 */
public record Distillation(int degree, List<View> views, Workers workers) implements Edit {
    private static final double REGULARISATION = 0.1;
    private static final int BLOCK = 1024;

    public Distillation {
        views = List.copyOf(views);
    }

    @Override
    public Splats apply(Splats splats) {
        Splats lower = Degree.atMost(degree).apply(splats);
        if (lower == splats) {
            return splats;
        }
        double[][] eyes = views.stream().map(View::centre).toArray(double[][]::new);
        int n = splats.count();
        workers.forEach(
                Math.ceilDiv(n, BLOCK),
                block -> {
                    var fit = new Fit(splats, lower, eyes);
                    for (int k = block * BLOCK; k < Math.min(n, (block + 1) * BLOCK); k++) {
                        fit.solve(k);
                    }
                });
        return lower;
    }

    /** The normal equations of one splat after the other. */
    private static final class Fit {
        private final Splats from;
        private final Splats to;
        private final double[][] eyes;
        private final int kept;
        private final int all;
        private final double[] harmonics;
        private final double[][] matrix;
        private final double[][] right;

        Fit(Splats from, Splats to, double[][] eyes) {
            this.from = from;
            this.to = to;
            this.eyes = eyes;
            this.kept = Splats.coefficients(to.degree());
            this.all = Splats.coefficients(from.degree());
            this.harmonics = new double[all];
            this.matrix = new double[kept][kept];
            this.right = new double[3][kept];
        }

        void solve(int k) {
            double ridge = REGULARISATION * eyes.length / (4 * Math.PI);
            for (int i = 0; i < kept; i++) {
                java.util.Arrays.fill(matrix[i], 0);
                matrix[i][i] = ridge;
            }
            for (double[] channel : right) {
                java.util.Arrays.fill(channel, 0);
            }
            for (double[] eye : eyes) {
                add(k, eye);
            }
            factor();
            for (int c = 0; c < 3; c++) {
                substitute(right[c]);
                for (int i = 0; i < kept; i++) {
                    to.sh()[3 * (kept * k + i) + c] += (float) right[c][i];
                }
            }
        }

        private void add(int k, double[] eye) {
            double x = from.means()[3 * k] - eye[0];
            double y = from.means()[3 * k + 1] - eye[1];
            double z = from.means()[3 * k + 2] - eye[2];
            double length = Math.sqrt(x * x + y * y + z * z);
            if (!(length > 0)) {
                return;
            }
            Harmonics.evaluate(from.degree(), x / length, y / length, z / length, harmonics);
            for (int c = 0; c < 3; c++) {
                double dropped = 0;
                for (int i = kept; i < all; i++) {
                    dropped += harmonics[i] * from.sh()[3 * (all * k + i) + c];
                }
                for (int i = 0; i < kept; i++) {
                    right[c][i] += harmonics[i] * dropped;
                }
            }
            for (int i = 0; i < kept; i++) {
                for (int j = 0; j <= i; j++) {
                    matrix[i][j] += harmonics[i] * harmonics[j];
                }
            }
        }

        /** Cholesky's factor in the lower triangle. */
        private void factor() {
            for (int i = 0; i < kept; i++) {
                for (int j = 0; j <= i; j++) {
                    double sum = matrix[i][j];
                    for (int m = 0; m < j; m++) {
                        sum -= matrix[i][m] * matrix[j][m];
                    }
                    matrix[i][j] = i == j ? Math.sqrt(sum) : sum / matrix[j][j];
                }
            }
        }

        private void substitute(double[] b) {
            for (int i = 0; i < kept; i++) {
                for (int m = 0; m < i; m++) {
                    b[i] -= matrix[i][m] * b[m];
                }
                b[i] /= matrix[i][i];
            }
            for (int i = kept - 1; i >= 0; i--) {
                for (int m = i + 1; m < kept; m++) {
                    b[i] -= matrix[m][i] * b[m];
                }
                b[i] /= matrix[i][i];
            }
        }
    }
}
