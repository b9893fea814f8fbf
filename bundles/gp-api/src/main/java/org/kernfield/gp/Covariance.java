package org.kernfield.gp;

import org.kernfield.kernel.Kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A covariance function k(x, y) of two rows of a table, as a value: a function of the catalogue, a
 * user's formula, or sums, products, powers and multiples of others. Immutable.
 *
 * <pre>{@code
 * Covariance k = Covariance.matern52().ard().scaled(2).plus(Covariance.white());
 * Covariance same = Covariance.parse("2.0*matern52(ard) + white");
 * BoundCovariance bound = k.bind(8);
 * }</pre>
 *
 * <p>In text sums, products, brackets, whole powers {@code ^n} and numbers combine these, r being
 * |x − y|/l with the length scale l:
 *
 * <table>
 * <caption>The catalogue, with what parameters are when left out</caption>
 * <tr><td>rbf(lengthscale=1)<td>exp(−r²/2)
 * <tr><td>matern12, matern32, matern52, matern72, matern92 (lengthscale=1)<td>Matérn's functions
 * <tr><td>matern(nu=1.5 fixed, lengthscale=1)<td>Matérn's function of any ν
 * <tr><td>rq(alpha=1, lengthscale=1)<td>(1 + r²/2α)^−α
 * <tr><td>wendland2, wendland4 (lengthscale=1)<td>Wendland's functions, 0 from r = 1 on
 * <tr><td>periodic(period=1, lengthscale=1)<td>exp(−2 Σ_k sin²(π(x_k − y_k)/p)/l²)
 * <tr><td>cosine(period=1)<td>cos(2π Σ_k (x_k − y_k)/p)
 * <tr><td>spectral, spectralt (components=1, weight=1, frequency=1, lengthscale=1)<td>Σ_q w_q φ(r_q)
 *     cos(2π f_q·(x − y)), φ Gaussian or Matérn's of ν = 5/2; lists go component by component
 * <tr><td>linear(offset=0)<td>x·y + c
 * <tr><td>polynomial(degree=2, offset=1)<td>(x·y + c)^degree
 * <tr><td>constant(value=1)<td>c
 * <tr><td>arccosine(order=1, depth=1, offset=1)<td>Cho and Saul's functions
 * <tr><td>nngp, ntk (depth=1, activation=relu, weight=2, bias=0.1)<td>networks of infinite width;
 *     also erf
 * <tr><td>white(variance=1)<td>noise of each row
 * <tr><td>changepoint(k₁, k₂, location=0, steepness=1)<td>k₁ before a place on a column, k₂ after
 * <tr><td>coregion(rank=1, weights=1, kappa=1)<td>WWᵀ + diag(κ) at the outputs of two rows,
 *     where there are several
 * <tr><td>formula(expression of x and y; name=value)<td>a user's own
 * </table>
 *
 * <p>{@code ard} in brackets gives each column a length scale (and period) of its own, a list of
 * values does the same, {@code dims=[0, age]} looks at some columns only. After a value may come
 * {@code fixed} or {@code free}, {@code in [lower, upper]} and a prior, {@code ~ gamma(2, 1)},
 * {@code normal}, {@code lognormal} or {@code invgamma}. A number alone is a hyper-parameter too.
 *
 * <p>Two are equal if they print the same text.
 */
public abstract sealed class Covariance
        permits BasicCovariance,
                SumCovariance,
                ProductCovariance,
                PowerCovariance,
                ScaleCovariance,
                ChangePointCovariance,
                FormulaCovariance,
                CoregionCovariance {
    Covariance() {}

    /**
     * Reads a covariance function.
     *
     * @throws org.kernfield.kernel.KernelException with line, column, a caret at the place and, for
     *     a name that is none, what may have been meant
     */
    public static Covariance parse(String text) {
        return new CovarianceParser(text).parse();
    }

    /** A function of the catalogue with its defaults. */
    public static BasicCovariance function(String name) {
        return BasicCovariance.of(Families.get(name));
    }

    /** exp(−r²/2l²). */
    public static BasicCovariance rbf() {
        return function("rbf");
    }

    /**
     * A user's kernel, a formula like any other.
     *
     * @param kernel an input {@code x} and a parameter {@code y} as wide as there are columns, and
     *     uniforms; one output of one component, which does not change when x and y change places
     * @param values of its uniforms by name; those above 0 stay so
     */
    public static Covariance of(Kernel kernel, Map<String, double[]> values) {
        return FormulaCovariance.written(kernel, values);
    }

    /**
     * One function before a place on a column and another after it, weighted by σ((x − location) ·
     * steepness).
     *
     * @param column its name or number from 0
     */
    public static Covariance changePoint(
            Covariance before, Covariance after, double location, double steepness, String column) {
        return new ChangePointCovariance(
                before,
                after,
                ChangePointCovariance.LOCATION.initial(location),
                ChangePointCovariance.STEEPNESS.initial(steepness),
                new Columns(List.of(column)));
    }

    /** Matérn's function of ν = ½, exp(−r/l). */
    public static BasicCovariance matern12() {
        return function("matern12");
    }

    /** Matérn's function of ν = 3/2. */
    public static BasicCovariance matern32() {
        return function("matern32");
    }

    /** Matérn's function of ν = 5/2. */
    public static BasicCovariance matern52() {
        return function("matern52");
    }

    /** Noise: a variance of each row, whatever its numbers. */
    public static BasicCovariance white() {
        return function(Families.WHITE);
    }

    /** k + other. */
    public Covariance plus(Covariance other) {
        return SumCovariance.of(List.of(this, other));
    }

    /** k · other. */
    public Covariance times(Covariance other) {
        return ProductCovariance.of(List.of(this, other));
    }

    /** factor · k; the factor is a hyper-parameter called {@code scale}. */
    public Covariance scaled(double factor) {
        return ProductCovariance.of(List.of(ScaleCovariance.of(factor), this));
    }

    /** k to a whole power, 1 to 16. */
    public Covariance pow(int exponent) {
        return new PowerCovariance(this, exponent);
    }

    /**
     * The function of rows of {@code dimension} columns called {@code x0}, {@code x1}, ….
     *
     * @throws IllegalArgumentException as {@link #bind(List)}
     */
    public BoundCovariance bind(int dimension) {
        return bind(IntStream.range(0, dimension).mapToObj(k -> "x" + k).toList());
    }

    /**
     * The function of rows whose columns are called {@code names}.
     *
     * @throws IllegalArgumentException for a column that is not there, or more or fewer numbers
     *     than columns
     */
    public BoundCovariance bind(List<String> names) {
        return bind(names, 0);
    }

    /**
     * The function of rows whose columns are called {@code names}, and which have one number more:
     * that of the output they are about, from 0. Only {@code coregion} looks at it.
     *
     * @param outputs how many there are; 0 for rows without such a number
     * @throws IllegalArgumentException as {@link #bind(List)}
     */
    public BoundCovariance bind(List<String> names, int outputs) {
        return new BoundCovariance(this, names, outputs);
    }

    /** Every hyper-parameter in the order of the text, under its name within its function. */
    public List<Hyperparameter> hyperparameters() {
        var all = new ArrayList<Hyperparameter>();
        map(
                parameter -> {
                    all.add(parameter);
                    return parameter;
                });
        return all;
    }

    /** With every hyper-parameter held where it is. */
    public Covariance fixed() {
        return map(parameter -> parameter.fixed(true));
    }

    /** With each hyper-parameter replaced, in the order of the text. */
    abstract Covariance map(UnaryOperator<Hyperparameter> replace);

    /**
     * How its frequencies are distributed.
     *
     * @param names of the columns of a row
     * @param outputs how many there are, 0 for one
     * @throws IllegalArgumentException if that is not known, or it is not stationary
     */
    Spectrum spectrum(List<String> names, int outputs) {
        throw Spectra.unknown(text());
    }

    /** As formulas, its hyper-parameters added to the assembly in the order of the text. */
    abstract Parts assemble(Assembly assembly);

    /** The text that {@link #parse} reads back to an equal value. */
    public abstract String text();

    /** The text as a factor of a product or the base of a power. */
    String factorText() {
        return text();
    }

    @Override
    public final String toString() {
        return text();
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Covariance c && c.text().equals(text());
    }

    @Override
    public final int hashCode() {
        return text().hashCode();
    }
}
