package org.kernfield.cpu.internal.linear;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A = U·diag(s)·Vᵀ: A = Q·R, reflections from both sides to a bidiagonal matrix, implicit QR steps
 * on that (G. H. Golub and C. Reinsch, Singular Value Decomposition and Least Squares Solutions,
 * 1970; without a shift as J. Demmel and W. Kahan, Accurate Singular Values of Bidiagonal Matrices,
 * 1990), and the reflections on its vectors.
 */
final class Singular {
    private static final int STEPS_A_VALUE = 60;
    private static final double UNIT = Math.ulp(1.0) / 2;

    private final Call<double[]> call;
    private final DoubleKernel kernel;
    private final View<double[]> tall;
    private final int m;
    private final int n;
    private final double scale;

    /** The bidiagonal matrix. */
    private double[] d;

    private double[] e;

    /** Left and right vectors, in rows. */
    private Rotations left;

    private Rotations right;

    /**
     * @param tall m × n with m ≥ n; overwritten
     */
    Singular(Call<double[]> call, DoubleKernel kernel, View<double[]> tall) {
        this.call = call;
        this.kernel = kernel;
        this.tall = tall;
        this.m = tall.rows();
        this.n = tall.columns();
        this.scale = Scaling.general("svd", tall);
    }

    /**
     * @param u m × n, overwritten
     * @param v n × n, overwritten
     * @return the singular values, descending
     */
    double[] solve(View<double[]> u, View<double[]> v) {
        var tau = new double[n];
        new Householder(call, m, n).factor(tall, tau);
        View<double[]> triangle = call.matrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                triangle.data()[triangle.at(i, j)] = tall.data()[tall.at(i, j)];
            }
        }
        var bidiagonal = new Bidiagonal(call, triangle);
        bidiagonal.reduce();
        d = bidiagonal.diagonal;
        e = bidiagonal.beside;
        left = new Rotations(call, kernel, n, true);
        right = new Rotations(call, kernel, n, true);
        converge();
        left.apply();
        right.apply();

        int[] order =
                IntStream.range(0, n)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -Math.abs(d[i])))
                        .mapToInt(Integer::intValue)
                        .toArray();
        var values = new double[n];
        for (int j = 0; j < n; j++) {
            values[j] = Math.abs(d[order[j]]) * scale;
            double sign = d[order[j]] < 0 ? -1 : 1;
            for (int i = 0; i < n; i++) {
                u.data()[u.at(i, j)] = left.get(order[j], i);
                v.data()[v.at(i, j)] = sign * right.get(order[j], i);
            }
            for (int i = n; i < m; i++) {
                u.data()[u.at(i, j)] = 0;
            }
        }
        new Householder(call, n, n)
                .multiply(false, triangle, bidiagonal.leftTau, u.block(0, 0, n, n));
        new Householder(call, m, n).multiply(false, tall, tau, u);
        if (n > 1) {
            new Householder(call, n - 1, n)
                    .multiply(
                            false,
                            triangle.block(0, 1, n - 1, n - 1).transposed(),
                            bidiagonal.rightTau,
                            v.block(1, 0, n - 1, n));
        }
        return values;
    }

    /** QR steps on the last block that is not diagonal yet, until none is left. */
    private void converge() {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.max(Math.abs(d[i]), Math.abs(e[i])));
        }
        // the reduction has rounded by parts of the norm already: what is smaller says nothing
        double negligible = UNIT * largest;
        int steps = 0;
        int last = n - 1;
        while (last > 0) {
            call.crew().resources().cancel().check();
            if (Math.abs(e[last - 1]) <= negligible) {
                e[last - 1] = 0;
                last--;
                steps = 0;
                continue;
            }
            int first = last - 1;
            while (first > 0 && Math.abs(e[first - 1]) > negligible) {
                first--;
            }
            if (steps++ == STEPS_A_VALUE) {
                throw new ArithmeticException(
                        "svd: singular value "
                                + last
                                + " of "
                                + n
                                + " does not converge; scale the matrix or use the reference");
            }
            double shift = shift(first, last, negligible);
            if (shift == 0) {
                stepWithoutShift(first, last);
            } else {
                step(first, last, shift);
            }
        }
    }

    /**
     * The smaller singular value of the last two rows; 0 where that changes nothing, and where an
     * element of the diagonal is 0, so that one step uncouples it.
     */
    private double shift(int first, int last, double negligible) {
        for (int i = first; i <= last; i++) {
            if (Math.abs(d[i]) <= negligible) {
                d[i] = 0;
                return 0;
            }
        }
        double f = Math.abs(d[last - 1]);
        double g = Math.abs(e[last - 1]);
        double h = Math.abs(d[last]);
        // of (f g; 0 h) the sum and the difference of both values
        double sum = Math.hypot(f + h, g);
        double difference = Math.hypot(f - h, g);
        double larger = (sum + difference) / 2;
        double smaller = f * (h / larger);
        double share = smaller / Math.abs(d[first]);
        return share * share < UNIT ? 0 : smaller;
    }

    private void step(int first, int last, double shift) {
        double f = (Math.abs(d[first]) - shift) * (Math.copySign(1, d[first]) + shift / d[first]);
        double g = e[first];
        for (int i = first; i < last; i++) {
            double r = Math.hypot(f, g);
            double c = r == 0 ? 1 : f / r;
            double s = r == 0 ? 0 : g / r;
            if (i > first) {
                e[i - 1] = r;
            }
            right.add(i, c, -s);
            f = c * d[i] + s * e[i];
            e[i] = c * e[i] - s * d[i];
            g = s * d[i + 1];
            d[i + 1] *= c;

            r = Math.hypot(f, g);
            c = r == 0 ? 1 : f / r;
            s = r == 0 ? 0 : g / r;
            d[i] = r;
            left.add(i, c, -s);
            f = c * e[i] + s * d[i + 1];
            d[i + 1] = c * d[i + 1] - s * e[i];
            if (i + 1 < last) {
                g = s * e[i + 1];
                e[i + 1] *= c;
            }
        }
        e[last - 1] = f;
    }

    private void stepWithoutShift(int first, int last) {
        double c = 1;
        double ownC = 1;
        double ownS = 0;
        for (int i = first; i < last; i++) {
            double f = d[i] * c;
            double r = Math.hypot(f, e[i]);
            c = r == 0 ? 1 : f / r;
            double s = r == 0 ? 0 : e[i] / r;
            if (i > first) {
                e[i - 1] = ownS * r;
            }
            right.add(i, c, -s);
            f = ownC * r;
            double g = d[i + 1] * s;
            d[i] = Math.hypot(f, g);
            ownC = d[i] == 0 ? 1 : f / d[i];
            ownS = d[i] == 0 ? 0 : g / d[i];
            left.add(i, ownC, -ownS);
        }
        double h = d[last] * c;
        d[last] = h * ownC;
        e[last - 1] = h * ownS;
    }
}
