package org.kernfield.cpu.internal.linear;

import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * A = U·diag(s)·Vᵀ by one-sided Jacobi rotations of the rows of R, where A·P = Q·R (Z. Drmač and K.
 * Veselić, New Fast and Accurate Jacobi SVD Algorithm, 2008). Small singular values come out as
 * accurately as A determines them. Pairs of rows meet as in a tournament, so that those of a round
 * can be turned by different threads.
 */
final class Singular {
    private static final int SWEEPS = 60;
    private static final int PAIRS_A_PART = 4;

    private final Call<double[]> call;
    private final int m;
    private final int n;

    /** R, turned into diag(s) times the right vectors, in rows. */
    private final View<double[]> rows;

    /** The rotations: the left vectors of R in rows. */
    private final View<double[]> turns;

    private final View<double[]> factor;
    private final double[] tau;
    private final int[] pivots;
    private final double scale;

    /**
     * @param tall m × n with m ≥ n; overwritten
     */
    Singular(Call<double[]> call, View<double[]> tall) {
        this.call = call;
        this.m = tall.rows();
        this.n = tall.columns();
        scale = Scaling.general("svd", tall);
        View<double[]> columns = call.matrix(n, m);
        View.copy(tall.transposed(), columns);
        tau = new double[n];
        pivots = new int[n];
        new PivotedHouseholder(call, columns, tau, pivots).factor();
        factor = columns.transposed();
        rows = call.matrix(n, n);
        turns = call.matrix(n, n);
        for (int i = 0; i < n; i++) {
            turns.data()[turns.at(i, i)] = 1;
            for (int j = i; j < n; j++) {
                rows.data()[rows.at(i, j)] = factor.data()[factor.at(i, j)];
            }
        }
    }

    /**
     * @param u m × n, overwritten
     * @param v n × n, overwritten
     * @return the singular values, descending
     */
    double[] solve(View<double[]> u, View<double[]> v) {
        boolean turned = true;
        for (int sweep = 0; sweep < SWEEPS && turned; sweep++) {
            turned = sweep();
        }
        var lengths = new double[n];
        for (int i = 0; i < n; i++) {
            lengths[i] = Loops.norm(rows.data(), rows.at(i, 0), n);
        }
        int[] order =
                IntStream.range(0, n)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -lengths[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        var values = new double[n];
        View<double[]> right = call.matrix(n, n);
        for (int j = 0; j < n; j++) {
            values[j] = lengths[order[j]] * scale;
            direction(order[j], lengths[order[j]], right, j);
            for (int i = 0; i < m; i++) {
                u.data()[u.at(i, j)] = i < n ? turns.data()[turns.at(order[j], i)] : 0;
            }
            for (int i = 0; i < n; i++) {
                v.data()[v.at(pivots[i], j)] = right.data()[right.at(j, i)];
            }
        }
        new Householder(call, m, n).multiply(false, factor, tau, u);
        return values;
    }

    /** A row of length 0 has no direction of its own: any that is orthogonal to the others. */
    private void direction(int row, double length, View<double[]> right, int j) {
        double[] data = right.data();
        int to = right.at(j, 0);
        if (length > 0) {
            for (int i = 0; i < n; i++) {
                data[to + i] = rows.data()[rows.at(row, i)] / length;
            }
            return;
        }
        for (int axis = 0; axis < n; axis++) {
            Arrays.fill(data, to, to + n, 0);
            data[to + axis] = 1;
            // twice is enough (Kahan and Parlett)
            for (int pass = 0; pass < 2; pass++) {
                for (int before = 0; before < j; before++) {
                    int other = right.at(before, 0);
                    double along = Loops.dot(data, other, data, to, n);
                    Loops.axpy(-along, data, other, data, to, n);
                }
            }
            double rest = Loops.norm(data, to, n);
            if (rest > 0.5 / Math.sqrt(n)) {
                Loops.scale(1 / rest, data, to, n);
                return;
            }
        }
    }

    private boolean sweep() {
        var turned = new AtomicBoolean();
        int players = n + n % 2;
        int pairs = players / 2;
        for (int round = 0; round < players - 1; round++) {
            int now = round;
            call.crew()
                    .forEach(
                            (pairs + PAIRS_A_PART - 1) / PAIRS_A_PART,
                            6.0 * pairs * n,
                            part -> {
                                int end = Math.min((part + 1) * PAIRS_A_PART, pairs);
                                for (int k = part * PAIRS_A_PART; k < end; k++) {
                                    if (meet(now, k, players)) {
                                        turned.set(true);
                                    }
                                }
                            });
        }
        return turned.get();
    }

    /** The last player stays, the others walk round. */
    private boolean meet(int round, int k, int players) {
        int others = players - 1;
        int p = k == 0 ? others : (round + k) % others;
        int q = (round - k + others) % others;
        return Math.max(p, q) < n && rotate(Math.min(p, q), Math.max(p, q));
    }

    private boolean rotate(int p, int q) {
        double[] data = rows.data();
        int x = rows.at(p, 0);
        int y = rows.at(q, 0);
        double xy = Loops.dot(data, x, data, y, n);
        double xx = Loops.dot(data, x, data, x, n);
        double yy = Loops.dot(data, y, data, y, n);
        double limit = Math.ulp(1.0) * Math.sqrt(n) * Math.sqrt(xx) * Math.sqrt(yy);
        if (!(Math.abs(xy) > limit)) {
            return false;
        }
        double half = (yy - xx) / (2 * xy);
        double t = Math.copySign(1, half) / (Math.abs(half) + Math.hypot(1, half));
        double c = 1 / Math.sqrt(1 + t * t);
        Loops.rotate(data, x, data, y, n, c, t * c);
        Loops.rotate(turns.data(), turns.at(p, 0), turns.data(), turns.at(q, 0), n, c, t * c);
        return true;
    }
}
