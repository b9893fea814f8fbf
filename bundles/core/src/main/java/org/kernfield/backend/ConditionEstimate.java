package org.kernfield.backend;

/**
 * 1-norms of inverses that are known by their solves.
 *
 * <p>Source: N. J. Higham, FORTRAN codes for estimating the one-norm of a real or complex matrix
 * (1988), algorithm 4.1, after W. W. Hager (1984).
 */
final class ConditionEstimate {
    private static final int ITERATIONS = 5;

    private ConditionEstimate() {}

    /** Solves A·x = b or Aᵀ·x = b in place. */
    interface Solve {
        void apply(Array x, boolean transposed);
    }

    static double norm1(Array a, boolean symmetric) {
        double[] sums = new double[a.width()];
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < (symmetric ? i + 1 : a.width()); j++) {
                double size = Math.abs(a.get((long) i * a.width() + j));
                sums[j] += size;
                if (symmetric && i != j) {
                    sums[i] += size;
                }
            }
        }
        return largest(sums);
    }

    static double norm1(Array t, LinearAlgebra.Triangle triangle) {
        double[] sums = new double[t.width()];
        boolean lower = triangle == LinearAlgebra.Triangle.LOWER;
        for (int i = 0; i < t.rows(); i++) {
            for (int j = lower ? 0 : i; j < (lower ? i + 1 : t.width()); j++) {
                sums[j] += Math.abs(t.get((long) i * t.width() + j));
            }
        }
        return largest(sums);
    }

    private static double largest(double[] sums) {
        double largest = 0;
        for (double sum : sums) {
            largest = sum > largest || Double.isNaN(sum) ? sum : largest;
        }
        return largest;
    }

    static double reciprocal(Array shape, double norm, Solve solve) {
        int n = Math.toIntExact(shape.rows());
        if (n == 0) {
            return 1;
        }
        double inverse = inverseNorm(shape.type(), n, solve);
        double product = norm * inverse;
        return product > 0 && product < Double.POSITIVE_INFINITY ? 1 / product : 0;
    }

    private static double inverseNorm(ElementType type, int n, Solve solve) {
        Array x = Array.zeros(type, n, 1);
        for (int i = 0; i < n; i++) {
            x.set(i, 1.0 / n);
        }
        solve.apply(x, false);
        double estimate = sum(x);
        for (int turn = 0, before = -1; turn < ITERATIONS; turn++) {
            for (int i = 0; i < n; i++) {
                x.set(i, x.get(i) < 0 ? -1 : 1);
            }
            solve.apply(x, true);
            int j = steepest(x);
            if (j == before) {
                break;
            }
            before = j;
            clear(x);
            x.set(j, 1);
            solve.apply(x, false);
            double next = sum(x);
            if (!(next > estimate)) {
                break;
            }
            estimate = next;
        }
        for (int i = 0; i < n; i++) {
            x.set(i, (i % 2 == 0 ? 1 : -1) * (1 + (n == 1 ? 0 : (double) i / (n - 1))));
        }
        solve.apply(x, false);
        double alternating = 2 * sum(x) / (3.0 * n);
        return alternating > estimate || Double.isNaN(alternating) ? alternating : estimate;
    }

    private static double sum(Array x) {
        double sum = 0;
        for (long i = 0; i < x.rows(); i++) {
            sum += Math.abs(x.get(i));
        }
        return sum;
    }

    private static int steepest(Array x) {
        int best = 0;
        for (int i = 1; i < x.rows(); i++) {
            if (Math.abs(x.get(i)) > Math.abs(x.get(best))) {
                best = i;
            }
        }
        return best;
    }

    private static void clear(Array x) {
        for (int i = 0; i < x.rows(); i++) {
            x.set(i, 0);
        }
    }
}
