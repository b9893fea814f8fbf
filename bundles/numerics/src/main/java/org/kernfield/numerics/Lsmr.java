package org.kernfield.numerics;

/**
 * Least squares min |A·x − b|² + λ²·|x|² with A of any shape, known by its products and those of
 * its transpose. The norm of the normal equations' residual falls in every step.
 *
 * <p>Source: D. C.-L. Fong and M. A. Saunders, LSMR: An Iterative Algorithm for Sparse
 * Least-Squares Problems (2011), with the regularisation of its section 5.
 */
public final class Lsmr {
    private final double damping;
    private final double[] x;
    private final double[] u;
    private final double[] v;
    private final double[] h;
    private final double[] hBar;
    private final double start;
    private double alpha;
    private double alphaBar;
    private double zetaBar;
    private double rho = 1;
    private double rhoBar = 1;
    private double cBar = 1;
    private double sBar;

    /**
     * Prepares the problem from x = 0, which costs a product with Aᵀ.
     *
     * @param b as long as A has rows; not modified
     * @param columns of A
     * @param damping λ, 0 for none
     * @param transposed products with Aᵀ
     */
    public Lsmr(double[] b, int columns, double damping, ConjugateGradient.Operator transposed) {
        this.damping = damping;
        u = b.clone();
        double beta = Krylov.normalise(u);
        v = new double[columns];
        transposed.apply(u, v);
        alpha = Krylov.normalise(v);
        alphaBar = alpha;
        zetaBar = alpha * beta;
        start = zetaBar;
        h = v.clone();
        hBar = new double[columns];
        x = new double[columns];
    }

    /**
     * One iteration, with a product of each kind; does nothing once the solution is exact.
     *
     * @param operator products with A, from {@code columns} numbers to {@code rows}
     */
    public void step(ConjugateGradient.Operator operator, ConjugateGradient.Operator transposed) {
        if (zetaBar == 0) {
            return;
        }
        var forth = new double[u.length];
        operator.apply(v, forth);
        Krylov.axpy(-alpha, u, forth);
        System.arraycopy(forth, 0, u, 0, u.length);
        double beta = Krylov.normalise(u);
        var back = new double[v.length];
        transposed.apply(u, back);
        Krylov.axpy(-beta, v, back);
        System.arraycopy(back, 0, v, 0, v.length);
        alpha = Krylov.normalise(v);

        double alphaHat = Math.hypot(alphaBar, damping);
        double rhoBefore = rho;
        rho = Math.hypot(alphaHat, beta);
        double c = alphaHat / rho;
        double s = beta / rho;
        double theta = s * alpha;
        alphaBar = c * alpha;

        double rhoBarBefore = rhoBar;
        double thetaBar = sBar * rho;
        double rest = cBar * rho;
        rhoBar = Math.hypot(rest, theta);
        cBar = rest / rhoBar;
        sBar = theta / rhoBar;
        double zeta = cBar * zetaBar;
        zetaBar = -sBar * zetaBar;

        double keep = thetaBar * rho / (rhoBefore * rhoBarBefore);
        double along = zeta / (rho * rhoBar);
        for (int k = 0; k < x.length; k++) {
            hBar[k] = h[k] - keep * hBar[k];
            x[k] += along * hBar[k];
            h[k] = v[k] - theta / rho * h[k];
        }
    }

    /**
     * Steps until the normal equations' residual is small enough.
     *
     * @param tolerance bound of {@link #residual}
     * @param limit most iterations
     * @return iterations made; {@link #residual} tells whether they were enough
     */
    public int solve(
            ConjugateGradient.Operator operator,
            ConjugateGradient.Operator transposed,
            double tolerance,
            int limit) {
        int steps = 0;
        while (steps < limit && residual() > tolerance) {
            step(operator, transposed);
            steps++;
        }
        return steps;
    }

    /** |Aᵀ(b − A·x) − λ²·x| / |Aᵀb| by the recurrence; 0 where Aᵀb is 0. */
    public double residual() {
        return start == 0 ? 0 : Math.abs(zetaBar) / start;
    }

    /** The solution so far, as a new array. */
    public double[] solution() {
        return x.clone();
    }
}
