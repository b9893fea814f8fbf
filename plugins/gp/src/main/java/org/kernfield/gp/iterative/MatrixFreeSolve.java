package org.kernfield.gp.iterative;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.field.State;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.Rows;
import org.kernfield.kernel.Precision;
import org.kernfield.numerics.ConjugateGradient;

import java.util.Arrays;
import java.util.Map;

/**
 * Solves (K + noise)·A = [Y Z] for observations Y and random vectors Z, one iteration of conjugate
 * gradients at a time, products in float32 and everything else in float64. Whenever the iterations
 * think that they are done, the residual of Y is computed anew in float64; if it is not what was
 * asked for they start again from there, and in float64 where that does not help. The random
 * vectors give the logarithm of the determinant.
 *
 * <p>Sources: C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning (2006);
 * J. R. Gardner and others, GPyTorch: Blackbox matrix-matrix Gaussian process inference (2018).
 */
public final class MatrixFreeSolve implements AutoCloseable {
    /** Residual of the random vectors that is small enough: their error is larger than that. */
    private static final double ROUGH = 1e-2;

    /** Share of the goal that the recurrence aims at. */
    private static final double AIM = 0.5;

    /** A restart has to bring the residual down by this, or float32 is not enough. */
    private static final double PROGRESS = 0.5;

    private static final int MOST_ITERATIONS = 2000;

    /**
     * How to go about it.
     *
     * @param tolerance of |Y − (K + noise)·A| / |Y|, each column
     * @param jitter share of the mean variance added to the diagonal; where there is little noise,
     *     as much as it takes is added too, up to the mean square of what may be left over
     * @param probes random vectors
     * @param pivots of the preconditioner
     * @param sample rows among which they are chosen
     * @param seed of the random vectors
     */
    public record Setup(
            double tolerance, double jitter, int probes, int pivots, int[] sample, long seed) {}

    private final BoundCovariance k;
    private final Observations data;
    private final Setup setup;
    private final int columns;
    private double[] noise;
    private Lift lift = Lift.NONE;
    private KernelOperator single;
    private KernelOperator precise;
    private Preconditioner preconditioner;
    private double[] right;
    private ConjugateGradient solver;
    private Compute compute;
    private boolean isPrecise;
    private boolean isDone;
    private int restarts; // that did not help enough
    private int iterations;
    private double residual = 1;
    private SpectralEstimate spectrum = SpectralEstimate.UNKNOWN;

    public MatrixFreeSolve(BoundCovariance k, Observations data, Setup setup) {
        this.k = k;
        this.data = data;
        this.setup = setup;
        this.columns = data.targets() + setup.probes();
    }

    /**
     * One iteration, or the preconditioner, or a look at the residual.
     *
     * @throws NotConvergedException if the residual does not come down as far as was asked for
     */
    public void step(Compute with) {
        compute = with;
        if (isDone) {
            return;
        }
        if (solver == null) {
            begin();
            return;
        }
        if (isReady()) {
            verify();
            return;
        }
        iterate();
        if (iterations > MOST_ITERATIONS) {
            throw refusal("after " + iterations + " iterations");
        }
    }

    private void iterate() {
        try {
            solver.step(this::multiply);
            iterations++;
        } catch (ArithmeticException e) {
            // rounding of products hides how positive the matrix is
            if (isPrecise) {
                throw refusal("in float64, where the matrix does not look positive definite");
            }
            isPrecise = true;
            verify();
        }
    }

    private void begin() {
        int n = data.rows();
        Array x = Array.of(data.columns(), data.x());
        noise = Rows.noise(k, x, compute);
        double variance = Arrays.stream(Rows.variance(k, x, compute)).average().orElse(0);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            noise[i] += data.noise() == null ? 0 : data.noise()[i];
            sum += noise[i];
        }
        lift = Lift.of(setup, data, variance, sum / n);
        for (int i = 0; i < n; i++) {
            noise[i] += lift.value();
        }
        sum += n * lift.value();
        single = new KernelOperator(k, data, noise, Precision.F32);
        precise = new KernelOperator(k, data, noise, Precision.F64);
        preconditioner =
                Preconditioner.of(k, data, setup.sample(), setup.pivots(), sum / n, compute);
        right = rightSides();
        solver = new ConjugateGradient(right, columns, this::precondition);
    }

    private double[] rightSides() {
        int n = data.rows();
        int p = data.targets();
        double[] drawn = preconditioner.draw(setup.probes(), setup.seed(), compute);
        var all = new double[n * columns];
        for (int i = 0; i < n; i++) {
            System.arraycopy(data.y(), i * p, all, i * columns, p);
            System.arraycopy(drawn, i * setup.probes(), all, i * columns + p, setup.probes());
        }
        return all;
    }

    private void multiply(double[] v, double[] product) {
        (isPrecise ? precise : single).apply(v, columns, product, compute);
    }

    private void precondition(double[] v, double[] product) {
        preconditioner.apply(v, columns, product, compute);
    }

    /** Whether the recurrence says that all columns are near enough. */
    private boolean isReady() {
        double[] residuals = solver.residuals();
        for (int c = 0; c < columns; c++) {
            double goal = c < data.targets() ? AIM * setup.tolerance() : ROUGH;
            if (!(residuals[c] <= goal)) {
                return false;
            }
        }
        return true;
    }

    private void verify() {
        if (spectrum == SpectralEstimate.UNKNOWN && iterations > 0) {
            var solved = new double[right.length];
            precondition(right, solved);
            spectrum =
                    SpectralEstimate.of(
                            preconditioner, solver, right, solved, columns, data.targets());
        }
        double before = residual;
        solver.start(
                solver.solution(),
                right,
                (v, product) -> precise.apply(v, columns, product, compute));
        double[] residuals = solver.residuals();
        residual = 0;
        for (int c = 0; c < data.targets(); c++) {
            residual = Math.max(residual, residuals[c]);
        }
        if (residual <= setup.tolerance()) {
            isDone = true;
            return;
        }
        if (!(residual <= PROGRESS * before)) {
            if (isPrecise && restarts > 1) {
                throw refusal("in float64");
            }
            isPrecise = true;
            restarts++;
        }
    }

    private NotConvergedException refusal(String when) {
        return new NotConvergedException(
                ("conjugate gradients: a residual of %.1e %s, %.1e was asked for; use method exact,"
                                + " more noise or a larger tolerance")
                        .formatted(residual, when, setup.tolerance()));
    }

    public boolean isDone() {
        return isDone;
    }

    /** What is added to the diagonal, n numbers; null before the first step. */
    public double[] noise() {
        return noise;
    }

    /** What was added to the diagonal besides the noise; 0 before the first step. */
    public double jitter() {
        return lift.value();
    }

    /** Iterations made so far. */
    public int iterations() {
        return iterations;
    }

    /** |Y − (K + noise)·A| / |Y| of the worst column, as last computed in float64; 1 before. */
    public double residual() {
        return residual;
    }

    /** The same by the recurrence of the iterations, cheap. */
    public double recurrence() {
        return solver == null
                ? 1
                : Arrays.stream(solver.residuals()).limit(data.targets()).max().orElse(0);
    }

    /** How far the residual has come down on its way to the tolerance, 0 to 1. */
    public double progress() {
        double now = Math.clamp(recurrence(), setup.tolerance(), 1);
        return Math.log(now) / Math.log(setup.tolerance());
    }

    /** (K + noise)⁻¹·Y as far as it is known, n × targets. */
    public double[] alpha() {
        return columns(solver.solution(), 0, data.targets());
    }

    /** Y − (K + noise)·A, n × targets, as last computed in float64 once it is done. */
    public double[] remainder() {
        return columns(solver.remainder(), 0, data.targets());
    }

    /** An estimate of the logarithm of the marginal likelihood; NaN before it is known. */
    public double logMarginal() {
        double[] alpha = alpha();
        double fit = 0;
        for (int at = 0; at < alpha.length; at++) {
            fit += alpha[at] * data.y()[at];
        }
        double constant = data.rows() * Math.log(2 * Math.PI);
        double value = -0.5 * (fit + data.targets() * (spectrum.logDeterminant() + constant));
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /** An estimate of the condition of K + noise; NaN before it is known. */
    public double condition() {
        return spectrum.condition();
    }

    /**
     * The derivative of {@link #logMarginal} by the covariance function's uniforms, estimated with
     * the same random vectors; once it is done.
     */
    public Map<String, double[]> gradient(Compute with) {
        compute = with;
        int p = data.targets();
        int m = setup.probes();
        double[] left = solver.solution();
        var shaped = new double[right.length];
        precondition(right, shaped);
        for (int at = 0; at < left.length; at++) {
            if (at % columns < p) {
                shaped[at] = left[at];
                left[at] *= 0.5;
            } else {
                left[at] *= -0.5 * p / m;
            }
        }
        return TraceGradient.of(k, data, left, shaped, columns, lift, compute);
    }

    private double[] columns(double[] all, int from, int to) {
        int n = data.rows();
        int width = to - from;
        var some = new double[n * width];
        for (int i = 0; i < n; i++) {
            System.arraycopy(all, i * columns + from, some, i * width, width);
        }
        return some;
    }

    /** What has to be kept of it, besides how it was made. */
    public void save(State into) {
        into.values().put("iterations", Integer.toString(iterations));
        into.values().put("residual", Double.toString(residual));
        into.values().put("logDeterminant", Double.toString(spectrum.logDeterminant()));
        into.values().put("condition", Double.toString(spectrum.condition()));
        into.values().put("restarts", Integer.toString(restarts));
        into.values().put("isPrecise", Boolean.toString(isPrecise));
        into.values().put("isSolved", Boolean.toString(isDone));
        if (solver != null) {
            into.arrays().put("solution", Array.of(columns, solver.solution()));
            into.arrays().put("remainder", Array.of(columns, solver.remainder()));
            into.arrays().put("direction", Array.of(columns, solver.direction()));
            into.arrays().put("coefficients", Array.of(columns, solver.coefficients()));
        }
    }

    /** Goes on from what {@link #save} wrote. */
    public void restore(State from, Compute with) {
        compute = with;
        iterations = (int) from.integer("iterations");
        residual = Double.parseDouble(from.values().get("residual"));
        double logDeterminant = Double.parseDouble(from.values().get("logDeterminant"));
        spectrum =
                Double.isInfinite(logDeterminant)
                        ? SpectralEstimate.UNKNOWN
                        : new SpectralEstimate(
                                logDeterminant, Double.parseDouble(from.values().get("condition")));
        restarts = (int) from.integer("restarts");
        isPrecise = Boolean.parseBoolean(from.values().get("isPrecise"));
        isDone = Boolean.parseBoolean(from.values().get("isSolved"));
        if (from.arrays().containsKey("solution")) {
            begin();
            solver.restore(
                    Rows.doubles(from.array("solution")),
                    Rows.doubles(from.array("remainder")),
                    Rows.doubles(from.array("direction")),
                    Rows.doubles(from.array("coefficients")));
        }
    }

    @Override
    public void close() {
        if (single != null) {
            single.close();
            precise.close();
        }
    }
}
