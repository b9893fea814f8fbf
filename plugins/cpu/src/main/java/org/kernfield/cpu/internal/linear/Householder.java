package org.kernfield.cpu.internal.linear;

import java.util.Arrays;

/**
 * A = Q·R in panels, whose reflections are applied together as I − V·T·Vᵀ (R. Schreiber and C. Van
 * Loan, A Storage-Efficient WY Representation for Products of Householder Transformations, 1989).
 */
final class Householder {
    private static final int PANEL = 40;

    private final Call<double[]> call;
    private final Product<double[]> product;

    /** Vectors v of a panel, each in a row, with their zeros and ones. */
    private final double[] vectors;

    private final double[] triangle = new double[PANEL * PANEL];
    private final double[] projection;
    private final double[] turned;
    private final int height;

    /**
     * @param height rows of what is factored or multiplied
     * @param width most columns of it
     */
    Householder(Call<double[]> call, int height, int width) {
        this.call = call;
        this.product = call.product();
        this.height = height;
        this.vectors = call.scratch(PANEL * height);
        this.projection = call.scratch(PANEL * width);
        this.turned = call.scratch(PANEL * width);
    }

    /**
     * @param a overwritten by R and the vectors
     * @param tau overwritten
     */
    void factor(View<double[]> a, double[] tau) {
        int n = a.columns();
        int count = Math.min(a.rows(), n);
        for (int k = 0; k < count; k += PANEL) {
            call.crew().resources().cancel().check();
            int width = Math.min(PANEL, count - k);
            reflectPanel(a, k, width, tau);
            if (k + width < n) {
                formTriangle(k, width, tau);
                apply(true, k, width, a.block(k, k + width, height - k, n - k - width));
            }
        }
    }

    private void reflectPanel(View<double[]> a, int k, int width, double[] tau) {
        double[] data = a.data();
        for (int i = k; i < height; i++) {
            for (int c = 0; c < width; c++) {
                vectors[c * height + i] = data[a.at(i, k + c)];
            }
        }
        for (int c = 0; c < width; c++) {
            int row = k + c;
            int length = height - row;
            int v = c * height + row;
            tau[row] = Reflection.make(vectors, v, length);
            double beta = vectors[v];
            vectors[v] = 1;
            for (int other = c + 1; other < width && tau[row] != 0; other++) {
                int x = other * height + row;
                double sum = Loops.dot(vectors, v, vectors, x, length);
                Loops.axpy(-tau[row] * sum, vectors, v, vectors, x, length);
            }
            vectors[v] = beta;
        }
        for (int i = k; i < height; i++) {
            for (int c = 0; c < width; c++) {
                data[a.at(i, k + c)] = vectors[c * height + i];
            }
        }
        complete(k, width);
    }

    private void complete(int k, int width) {
        for (int c = 0; c < width; c++) {
            Arrays.fill(vectors, c * height + k, c * height + k + c, 0);
            vectors[c * height + k + c] = 1;
        }
    }

    private void formTriangle(int k, int width, double[] tau) {
        for (int c = 0; c < width; c++) {
            double t = tau[k + c];
            for (int r = 0; r < c; r++) {
                double sum = 0;
                for (int p = r; p < c; p++) {
                    sum += triangle[r * PANEL + p] * overlap(k, p, c);
                }
                triangle[r * PANEL + c] = -t * sum;
            }
            triangle[c * PANEL + c] = t;
        }
    }

    private double overlap(int k, int p, int c) {
        int from = k + c;
        return Loops.dot(vectors, p * height + from, vectors, c * height + from, height - from);
    }

    /** C ← C − V·op(T)·Vᵀ·C. */
    private void apply(boolean transpose, int k, int width, View<double[]> c) {
        int r = c.columns();
        Arrays.fill(projection, 0, width * r, 0);
        var across = new View<>(vectors, k, width, height - k, height, 1);
        var w = View.rowMajor(projection, 0, width, r);
        product.add(1, across, c, w);
        Arrays.fill(turned, 0, width * r, 0);
        for (int i = 0; i < width; i++) {
            for (int j = transpose ? 0 : i; j < (transpose ? i + 1 : width); j++) {
                double t = triangle[transpose ? j * PANEL + i : i * PANEL + j];
                Loops.axpy(t, projection, j * r, turned, i * r, r);
            }
        }
        product.add(-1, across.transposed(), View.rowMajor(turned, 0, width, r), c);
    }

    /** C ← Q·C or Qᵀ·C. */
    void multiply(boolean transpose, View<double[]> factor, double[] tau, View<double[]> c) {
        int count = Math.min(factor.rows(), factor.columns());
        int panels = (count + PANEL - 1) / PANEL;
        for (int step = 0; step < panels; step++) {
            call.crew().resources().cancel().check();
            int k = (transpose ? step : panels - 1 - step) * PANEL;
            int width = Math.min(PANEL, count - k);
            for (int i = k; i < height; i++) {
                for (int p = 0; p < width; p++) {
                    vectors[p * height + i] = factor.data()[factor.at(i, k + p)];
                }
            }
            complete(k, width);
            formTriangle(k, width, tau);
            apply(transpose, k, width, c.block(k, 0, height - k, c.columns()));
        }
    }
}
