package org.kernfield.numerics;

/**
 * Solves A·x = b with any regular A, known only by its products: GMRES, begun anew after a number
 * of steps that bounds its memory. Preconditioned from the right, so that the residual is the true
 * one.
 *
 * <p>Source: Y. Saad, Iterative Methods for Sparse Linear Systems (2003), algorithms 6.9 (with
 * modified Gram–Schmidt, twice) and 9.5.
 */
public final class Gmres {
    private final double[] b;
    private final double norm;
    private final int restart;
    private final ConjugateGradient.Operator preconditioner;
    private final double[] x;
    private final double[][] basis;
    private final double[][] r;
    private final double[] cosines;
    private final double[] sines;
    private final double[] projected;
    private int size;

    /** Prepares A·x = b from x = 0. */
    public Gmres(double[] b, int restart) {
        this(b, restart, (from, to) -> System.arraycopy(from, 0, to, 0, from.length));
    }

    /**
     * Prepares A·x = b from x = 0 with a preconditioner.
     *
     * @param b not modified
     * @param restart steps between beginnings, and vectors kept
     * @param preconditioner an approximate inverse of A
     */
    public Gmres(double[] b, int restart, ConjugateGradient.Operator preconditioner) {
        this.b = b.clone();
        this.restart = restart;
        this.preconditioner = preconditioner;
        norm = Krylov.norm(b);
        x = new double[b.length];
        basis = new double[restart + 1][];
        r = new double[restart][restart + 1];
        cosines = new double[restart];
        sines = new double[restart];
        projected = new double[restart + 1];
        begin(this.b.clone());
    }

    private void begin(double[] residual) {
        size = 0;
        projected[0] = Krylov.normalise(residual);
        basis[0] = residual;
    }

    /** One iteration, with one product, and one more where it begins anew. */
    public void step(ConjugateGradient.Operator operator) {
        if (projected[size] == 0) {
            return;
        }
        if (size == restart) {
            System.arraycopy(solution(), 0, x, 0, x.length);
            var residual = new double[x.length];
            operator.apply(x, residual);
            for (int k = 0; k < x.length; k++) {
                residual[k] = b[k] - residual[k];
            }
            begin(residual);
            if (projected[0] == 0) {
                return;
            }
        }
        double[] column = r[size];
        double[] next = expand(operator, column);
        for (int k = 0; k < size; k++) {
            double above = column[k];
            column[k] = cosines[k] * above + sines[k] * column[k + 1];
            column[k + 1] = -sines[k] * above + cosines[k] * column[k + 1];
        }
        double length = Math.hypot(column[size], column[size + 1]);
        if (!(length > 0)) {
            throw new ArithmeticException(
                    "gmres: the operator is singular or gives NaN; add a ridge");
        }
        cosines[size] = column[size] / length;
        sines[size] = column[size + 1] / length;
        column[size] = length;
        projected[size + 1] = -sines[size] * projected[size];
        projected[size] *= cosines[size];
        size++;
        basis[size] = next;
    }

    private double[] expand(ConjugateGradient.Operator operator, double[] column) {
        var prepared = new double[x.length];
        preconditioner.apply(basis[size], prepared);
        var next = new double[x.length];
        operator.apply(prepared, next);
        for (int k = 0; k <= size; k++) {
            column[k] = 0;
        }
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k <= size; k++) {
                double along = Krylov.dot(basis[k], next);
                column[k] += along;
                Krylov.axpy(-along, basis[k], next);
            }
        }
        column[size + 1] = Krylov.normalise(next);
        return next;
    }

    /**
     * Steps until the residual is small enough.
     *
     * @param tolerance bound of {@link #residual}
     * @param limit most iterations
     * @return iterations made; {@link #residual} tells whether they were enough
     */
    public int solve(ConjugateGradient.Operator operator, double tolerance, int limit) {
        int steps = 0;
        while (steps < limit && residual() > tolerance) {
            step(operator);
            steps++;
        }
        return steps;
    }

    /** |b − A·x| / |b| by the recurrence; 0 where b is 0. */
    public double residual() {
        return norm == 0 ? 0 : Math.abs(projected[size]) / norm;
    }

    /** The solution so far, as a new array. */
    public double[] solution() {
        var y = new double[size];
        for (int k = size - 1; k >= 0; k--) {
            double sum = projected[k];
            for (int j = k + 1; j < size; j++) {
                sum -= r[j][k] * y[j];
            }
            y[k] = sum / r[k][k];
        }
        var combined = new double[x.length];
        for (int k = 0; k < size; k++) {
            Krylov.axpy(y[k], basis[k], combined);
        }
        var solution = new double[x.length];
        preconditioner.apply(combined, solution);
        Krylov.axpy(1, x, solution);
        return solution;
    }
}
