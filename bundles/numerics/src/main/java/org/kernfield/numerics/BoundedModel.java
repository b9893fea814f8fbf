package org.kernfield.numerics;

import java.util.Arrays;

/**
 * The minimum of the quadratic model g·(z − x) + ½(z − x)ᵀB(z − x) inside a box, nearly: along the
 * projected steepest descent (the generalised Cauchy point), then over the variables that are free
 * there, cut off at the box.
 *
 * <p>Source: Byrd, Lu, Nocedal and Zhu (1995), algorithm CP and the direct primal method of section
 * 5.1.
 */
final class BoundedModel {
    private final CompactHessian hessian;
    private final double[] x;
    private final double[] g;
    private final double[] lower;
    private final double[] upper;

    /** Where along the projected gradient each variable meets its bound. */
    private final double[] meets;

    private final double[] z;

    /** Wᵀ·(z − x). */
    private final double[] c;

    BoundedModel(CompactHessian hessian, double[] x, double[] g, double[] lower, double[] upper) {
        this.hessian = hessian;
        this.x = x;
        this.g = g;
        this.lower = lower;
        this.upper = upper;
        this.meets = new double[x.length];
        this.z = x.clone();
        this.c = new double[hessian.width()];
    }

    /** The minimiser, as a new array. */
    double[] minimiser() {
        cauchy();
        subspace();
        return z.clone();
    }

    private double bound(int i) {
        return g[i] < 0 ? upper[i] : lower[i];
    }

    private void cauchy() {
        int n = x.length;
        var d = new double[n];
        for (int i = 0; i < n; i++) {
            meets[i] = g[i] == 0 ? Double.POSITIVE_INFINITY : (x[i] - bound(i)) / g[i];
            d[i] = meets[i] > 0 ? -g[i] : 0;
        }
        double[] p = hessian.transposedTimes(d);
        double theta = hessian.theta();
        double first = -Krylov.dot(d, d);
        if (first == 0) {
            return;
        }
        double second = -theta * first - Krylov.dot(p, hessian.middleTimes(p));
        double along = 0;
        for (int b : order()) {
            double wanted = -first / second;
            double span = meets[b] - along;
            if (!(wanted >= span)) {
                break;
            }
            z[b] = bound(b);
            Krylov.axpy(span, p, c);
            double[] w = hessian.row(b);
            double[] mw = hessian.middleTimes(w);
            double gb = g[b];
            first += span * second + gb * gb + theta * gb * (z[b] - x[b]) - gb * Krylov.dot(mw, c);
            second -= theta * gb * gb + 2 * gb * Krylov.dot(mw, p) + gb * gb * Krylov.dot(mw, w);
            second = Math.max(second, Math.ulp(1.0) * theta * gb * gb);
            Krylov.axpy(gb, w, p);
            d[b] = 0;
            along = meets[b];
            if (Krylov.dot(d, d) == 0) {
                return;
            }
        }
        double rest = Math.max(0, -first / second);
        Krylov.axpy(rest, p, c);
        for (int i = 0; i < n; i++) {
            if (d[i] != 0) {
                z[i] = Math.clamp(x[i] + (along + rest) * d[i], lower[i], upper[i]);
            }
        }
    }

    /** Variables that meet a bound, the nearest first. */
    private int[] order() {
        return java.util.stream.IntStream.range(0, x.length)
                .filter(i -> meets[i] > 0 && meets[i] < Double.POSITIVE_INFINITY)
                .boxed()
                .sorted((i, j) -> Double.compare(meets[i], meets[j]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private void subspace() {
        int[] free =
                java.util.stream.IntStream.range(0, x.length)
                        .filter(i -> z[i] > lower[i] && z[i] < upper[i])
                        .toArray();
        if (free.length == 0 || hessian.isEmpty()) {
            return;
        }
        double theta = hessian.theta();
        int m = hessian.width();
        double[] mc = hessian.middleTimes(c);
        var r = new double[free.length];
        var v = new double[m];
        var inner = new double[m][m];
        for (int k = 0; k < free.length; k++) {
            int i = free[k];
            double[] w = hessian.row(i);
            r[k] = g[i] + theta * (z[i] - x[i]) - Krylov.dot(w, mc);
            Krylov.axpy(r[k], w, v);
            for (int row = 0; row < m; row++) {
                Krylov.axpy(w[row] / theta, w, inner[row]);
            }
        }
        move(free, r, innerSolved(inner, hessian.middleTimes(v)));
    }

    /** (I − M·N)⁻¹·v, N symmetric and given by its rows. */
    private double[] innerSolved(double[][] n, double[] v) {
        int m = v.length;
        var system = new double[m][m];
        for (int j = 0; j < m; j++) {
            double[] column = hessian.middleTimes(n[j]);
            for (int i = 0; i < m; i++) {
                system[i][j] = (i == j ? 1 : 0) - column[i];
            }
        }
        return new SmallSystem(system).solve(v);
    }

    private void move(int[] free, double[] r, double[] v) {
        double theta = hessian.theta();
        var d = new double[free.length];
        double longest = 1;
        for (int k = 0; k < free.length; k++) {
            int i = free[k];
            d[k] = -(r[k] + Krylov.dot(hessian.row(i), v) / theta) / theta;
            if (d[k] != 0) {
                double room = ((d[k] > 0 ? upper[i] : lower[i]) - z[i]) / d[k];
                longest = Math.min(longest, room);
            }
        }
        if (!Arrays.stream(d).allMatch(Double::isFinite)) {
            return;
        }
        for (int k = 0; k < free.length; k++) {
            int i = free[k];
            z[i] = Math.clamp(z[i] + longest * d[k], lower[i], upper[i]);
        }
    }
}
