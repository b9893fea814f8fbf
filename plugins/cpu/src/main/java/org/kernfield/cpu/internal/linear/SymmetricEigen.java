package org.kernfield.cpu.internal.linear;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A = V·diag(w)·Vᵀ: reflections to a tridiagonal matrix, implicit QL steps with Wilkinson's shift
 * on that (Golub and Van Loan, Matrix Computations, 4th edition, 8.3), and the reflections on its
 * eigenvectors.
 */
final class SymmetricEigen {
    private static final int STEPS_A_VALUE = 60;
    private static final double UNIT = Math.ulp(1.0) / 2;

    private final Call<double[]> call;
    private final DoubleKernel kernel;
    private final View<double[]> a;
    private final int n;

    /**
     * @param a of which the lower triangle counts; overwritten by V
     */
    SymmetricEigen(Call<double[]> call, DoubleKernel kernel, View<double[]> a) {
        this.call = call;
        this.kernel = kernel;
        this.a = a;
        this.n = a.rows();
    }

    /** The eigenvalues, ascending. */
    double[] solve() {
        double scale = Scaling.symmetric(a);
        var tridiagonal = new Tridiagonal(call, a);
        tridiagonal.reduce();
        double[] d = tridiagonal.diagonal;
        double negligible = UNIT * largest(d, tridiagonal.beside);
        var rotations = new Rotations(call, kernel, n, false);
        for (int first = 0; first < n; first++) {
            converge(d, tridiagonal.beside, first, negligible, rotations);
        }
        rotations.apply();
        int[] order =
                IntStream.range(0, n)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> d[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        var values = new double[n];
        View<double[]> vectors = call.matrix(n, n);
        for (int j = 0; j < n; j++) {
            values[j] = d[order[j]] * scale;
            for (int i = 0; i < n; i++) {
                vectors.data()[vectors.at(i, j)] = rotations.get(order[j], i);
            }
        }
        if (n > 1) {
            new Householder(call, n - 1, n)
                    .multiply(
                            false,
                            a.block(1, 0, n - 1, n - 1),
                            tridiagonal.tau,
                            vectors.block(1, 0, n - 1, n));
        }
        System.arraycopy(vectors.data(), 0, a.data(), a.offset(), n * n);
        return values;
    }

    /**
     * The largest element, at most the norm. The reduction has rounded by parts of that already, so
     * what is smaller by ε says nothing; asked for more, graded and semidefinite matrices do not
     * converge, since each step stirs the small elements with the large ones' rounding.
     */
    private static double largest(double[] d, double[] e) {
        double largest = 0;
        for (int i = 0; i < d.length; i++) {
            largest = Math.max(largest, Math.max(Math.abs(d[i]), Math.abs(e[i])));
        }
        return largest;
    }

    /** QL steps until {@code e[first]} is negligible. */
    private void converge(
            double[] d, double[] e, int first, double negligible, Rotations rotations) {
        for (int step = 0; ; step++) {
            call.crew().resources().cancel().check();
            int last = first;
            while (last < n - 1 && !(Math.abs(e[last]) <= negligible)) {
                last++;
            }
            if (last == first) {
                return;
            }
            if (step == STEPS_A_VALUE) {
                throw new ArithmeticException(
                        "symmetricEigen: eigenvalue "
                                + first
                                + " of "
                                + n
                                + " does not converge; scale the matrix or use the reference");
            }
            step(d, e, first, last, rotations);
        }
    }

    private static void step(double[] d, double[] e, int first, int last, Rotations rotations) {
        double g = (d[first + 1] - d[first]) / (2 * e[first]);
        double r = Math.hypot(g, 1);
        g = d[last] - d[first] + e[first] / (g + Math.copySign(r, g));
        double s = 1;
        double c = 1;
        double shift = 0;
        for (int i = last - 1; i >= first; i--) {
            double f = s * e[i];
            double b = c * e[i];
            r = Math.hypot(f, g);
            e[i + 1] = r;
            if (r == 0) {
                d[i + 1] -= shift;
                e[last] = 0;
                return;
            }
            s = f / r;
            c = g / r;
            g = d[i + 1] - shift;
            r = (d[i] - g) * s + 2 * c * b;
            shift = s * r;
            d[i + 1] = g + shift;
            g = c * r - b;
            rotations.add(i, c, s);
        }
        d[first] -= shift;
        e[first] = g;
        e[last] = 0;
    }
}
