package org.kernfield.reference.internal;

import org.kernfield.backend.CancelToken;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Eigenvalues and singular values by Jacobi rotations: slow, simple, accurate. */
public final class Jacobi {
    private static final int SWEEPS = 60;
    private static final double SMALL = Math.ulp(1.0);

    private Jacobi() {}

    /**
     * Singular vectors as columns, singular values descending.
     *
     * @param left m × n
     * @param values n
     * @param right n × n
     */
    public record Singular(Matrix left, double[] values, Matrix right) {}

    /**
     * Turns a symmetric matrix, of which the lower triangle counts, into a diagonal one.
     *
     * @return the rotations V with A = V·diag·Vᵀ
     */
    public static Matrix diagonalise(Matrix a, CancelToken cancel) {
        int n = a.rows;
        a.mirrorLower();
        Matrix v = Matrix.identity(n);
        boolean rotated = true;
        for (int sweep = 0; sweep < SWEEPS && rotated; sweep++) {
            rotated = false;
            for (int p = 0; p < n; p++) {
                cancel.check();
                for (int q = p + 1; q < n; q++) {
                    rotated |= annihilate(a, v, p, q);
                }
            }
        }
        return v;
    }

    private static boolean annihilate(Matrix a, Matrix v, int p, int q) {
        double apq = a.get(p, q);
        double size = Math.sqrt(Math.abs(a.get(p, p))) * Math.sqrt(Math.abs(a.get(q, q)));
        if (apq == 0 || Math.abs(apq) <= SMALL * SMALL * size) {
            return false;
        }
        double t = tangent((a.get(q, q) - a.get(p, p)) / (2 * apq));
        double c = 1 / Math.sqrt(1 + t * t);
        a.rotateColumns(p, q, c, t * c);
        a.rotateRows(p, q, c, t * c);
        v.rotateColumns(p, q, c, t * c);
        a.set(p, q, 0);
        a.set(q, p, 0);
        return Math.abs(apq) > SMALL * size;
    }

    /** The smaller root of t² + 2τt − 1 = 0. */
    private static double tangent(double tau) {
        double root = Math.hypot(1, tau);
        return tau >= 0 ? 1 / (tau + root) : -1 / (root - tau);
    }

    /** One-sided Jacobi: rotates the columns of a tall matrix until they are orthogonal. */
    public static Singular singular(Matrix tall, CancelToken cancel) {
        int n = tall.columns;
        Matrix v = Matrix.identity(n);
        boolean rotated = true;
        for (int sweep = 0; sweep < SWEEPS && rotated; sweep++) {
            rotated = false;
            for (int p = 0; p < n; p++) {
                cancel.check();
                for (int q = p + 1; q < n; q++) {
                    double pq = tall.columnDot(p, q);
                    double pp = tall.columnDot(p, p);
                    double qq = tall.columnDot(q, q);
                    if (pq != 0 && Math.abs(pq) > SMALL * Math.sqrt(pp) * Math.sqrt(qq)) {
                        double t = tangent((qq - pp) / (2 * pq));
                        double c = 1 / Math.sqrt(1 + t * t);
                        tall.rotateColumns(p, q, c, t * c);
                        v.rotateColumns(p, q, c, t * c);
                        rotated = true;
                    }
                }
            }
        }
        return sorted(tall, v);
    }

    private static Singular sorted(Matrix tall, Matrix v) {
        var lengths = new double[tall.columns];
        for (int j = 0; j < lengths.length; j++) {
            lengths[j] = Math.sqrt(tall.columnDot(j, j));
        }
        int[] descending =
                IntStream.range(0, lengths.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(j -> -lengths[j]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        Matrix left = tall.columns(descending);
        var values = new double[lengths.length];
        double least = lengths.length == 0 ? 0 : lengths[descending[0]] * SMALL * tall.rows;
        for (int j = 0; j < values.length; j++) {
            values[j] = lengths[descending[j]];
            normalise(left, j, values[j], values[j] > least);
        }
        return new Singular(left, values, v.columns(descending));
    }

    /** A column of length 0 has no direction of its own: any that is orthogonal to the others. */
    private static void normalise(Matrix left, int j, double length, boolean hasDirection) {
        if (hasDirection) {
            scale(left, j, 1 / length);
            return;
        }
        for (int axis = 0; axis < left.rows; axis++) {
            for (int i = 0; i < left.rows; i++) {
                left.set(i, j, i == axis ? 1 : 0);
            }
            // twice is enough (Kahan and Parlett)
            for (int pass = 0; pass < 2; pass++) {
                for (int before = 0; before < j; before++) {
                    double along = left.columnDot(before, j);
                    for (int i = 0; i < left.rows; i++) {
                        left.set(i, j, left.get(i, j) - along * left.get(i, before));
                    }
                }
            }
            double rest = Math.sqrt(left.columnDot(j, j));
            if (rest > 0.5 / Math.sqrt(left.rows)) {
                scale(left, j, 1 / rest);
                return;
            }
        }
    }

    private static void scale(Matrix left, int j, double factor) {
        for (int i = 0; i < left.rows; i++) {
            left.set(i, j, left.get(i, j) * factor);
        }
    }
}
