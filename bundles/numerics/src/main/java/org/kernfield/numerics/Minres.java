package org.kernfield.numerics;

/**
 * Solves A·x = b with A symmetric, definite or not, known only by its products; every step makes |b
 * − A·x| smaller. One {@link #step} at a time, as in {@link ConjugateGradient}.
 *
 * <p>Source: C. C. Paige and M. A. Saunders, Solution of Sparse Indefinite Systems of Linear
 * Equations (1975).
 */
public final class Minres {
    private final double norm;
    private final double[] x;
    private double[] v;
    private double[] vBefore;
    private double[] w;
    private double[] wBefore;
    private double beta;
    private double eta;
    private double cosine = 1;
    private double cosineBefore = 1;
    private double sine;
    private double sineBefore;

    /**
     * Prepares A·x = b from x = 0.
     *
     * @param b not modified
     */
    public Minres(double[] b) {
        norm = Krylov.norm(b);
        eta = norm;
        x = new double[b.length];
        v = b.clone();
        if (norm > 0) {
            Krylov.scale(1 / norm, v);
        }
        vBefore = new double[b.length];
        w = new double[b.length];
        wBefore = new double[b.length];
    }

    /**
     * One iteration, with one product; does nothing once the solution is exact.
     *
     * @throws ArithmeticException if A is singular and b is not in its range
     */
    public void step(ConjugateGradient.Operator operator) {
        if (eta == 0) {
            return;
        }
        var p = new double[x.length];
        operator.apply(v, p);
        double alpha = Krylov.dot(v, p);
        Krylov.axpy(-alpha, v, p);
        Krylov.axpy(-beta, vBefore, p);
        double next = Krylov.norm(p);

        double delta = cosine * alpha - cosineBefore * sine * beta;
        double length = Math.hypot(delta, next);
        if (!(length > 0)) {
            throw new ArithmeticException(
                    "minres: the operator is singular or gives NaN; add a ridge");
        }
        double second = sine * alpha + cosineBefore * cosine * beta;
        double third = sineBefore * beta;
        var direction = new double[x.length];
        for (int k = 0; k < direction.length; k++) {
            direction[k] = (v[k] - third * wBefore[k] - second * w[k]) / length;
        }
        cosineBefore = cosine;
        cosine = delta / length;
        sineBefore = sine;
        sine = next / length;
        Krylov.axpy(cosine * eta, direction, x);
        eta *= -sine;

        wBefore = w;
        w = direction;
        vBefore = v;
        v = p;
        beta = next;
        if (next > 0) {
            Krylov.scale(1 / next, v);
        }
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
        return norm == 0 ? 0 : Math.abs(eta) / norm;
    }

    /** The solution so far, as a new array. */
    public double[] solution() {
        return x.clone();
    }
}
