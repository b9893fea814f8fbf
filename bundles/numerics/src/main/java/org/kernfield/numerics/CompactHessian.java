package org.kernfield.numerics;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The limited-memory BFGS matrix B = θI − W·M·Wᵀ with W = [Y θS] and M⁻¹ = [−D Lᵀ; L θSᵀS], of the
 * last few steps s and changes of gradient y.
 *
 * <p>Source: R. H. Byrd, P. Lu, J. Nocedal and C. Zhu, A limited memory algorithm for bound
 * constrained optimization, SIAM J. Sci. Comput. 16 (1995), equations 3.2 to 3.6.
 */
final class CompactHessian {
    private final int most;
    private final List<double[]> steps = new ArrayList<>();
    private final List<double[]> changes = new ArrayList<>();
    private double theta = 1;
    private SmallSystem middle;

    /**
     * @param most pairs kept
     */
    CompactHessian(int most) {
        this.most = most;
    }

    /** Takes in a pair if the curvature along it is positive beyond rounding. */
    void update(double[] step, double[] change) {
        double curvature = Krylov.dot(step, change);
        double square = Krylov.dot(change, change);
        if (!(curvature > Math.ulp(1.0) * square)) {
            return;
        }
        if (steps.size() == most) {
            steps.removeFirst();
            changes.removeFirst();
        }
        steps.add(step.clone());
        changes.add(change.clone());
        theta = square / curvature;
        factor();
    }

    /** Replaces what is there by the pairs of another, their changes scaled. */
    void learn(CompactHessian other, double scale) {
        clear();
        for (int k = 0; k < other.steps.size(); k++) {
            double[] change = other.changes.get(k).clone();
            Krylov.scale(scale, change);
            update(other.steps.get(k), change);
        }
    }

    void clear() {
        steps.clear();
        changes.clear();
        theta = 1;
        middle = null;
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    double theta() {
        return theta;
    }

    /** Columns of W. */
    int width() {
        return 2 * steps.size();
    }

    /** Row i of W. */
    double[] row(int i) {
        int m = steps.size();
        var row = new double[2 * m];
        for (int k = 0; k < m; k++) {
            row[k] = changes.get(k)[i];
            row[m + k] = theta * steps.get(k)[i];
        }
        return row;
    }

    /** Wᵀ·v. */
    double[] transposedTimes(double[] v) {
        int m = steps.size();
        var product = new double[2 * m];
        for (int k = 0; k < m; k++) {
            product[k] = Krylov.dot(changes.get(k), v);
            product[m + k] = theta * Krylov.dot(steps.get(k), v);
        }
        return product;
    }

    /** M·v, as a new array. */
    double[] middleTimes(double[] v) {
        return middle == null ? v.clone() : middle.solve(v);
    }

    private void factor() {
        int m = steps.size();
        var inverse = new double[2 * m][2 * m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                inverse[m + i][m + j] = theta * Krylov.dot(steps.get(i), steps.get(j));
                if (i > j) {
                    double l = Krylov.dot(steps.get(i), changes.get(j));
                    inverse[m + i][j] = l;
                    inverse[j][m + i] = l;
                }
            }
            inverse[i][i] = -Krylov.dot(steps.get(i), changes.get(i));
        }
        middle = new SmallSystem(inverse);
    }

    /** Numbers that {@link #save} writes for rows of n. */
    int size(int n) {
        return 2 + 2 * n * steps.size();
    }

    void save(DoubleBuffer into) {
        into.put(steps.size()).put(theta);
        for (int k = 0; k < steps.size(); k++) {
            into.put(steps.get(k)).put(changes.get(k));
        }
    }

    void restore(DoubleBuffer from, int n) {
        clear();
        int pairs = (int) from.get();
        theta = from.get();
        for (int k = 0; k < pairs; k++) {
            var step = new double[n];
            var change = new double[n];
            from.get(step).get(change);
            steps.add(step);
            changes.add(change);
        }
        if (pairs > 0) {
            factor();
        }
    }
}
