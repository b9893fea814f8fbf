package org.kernfield.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A covariance function k(x, y) of a Gaussian process, composed from text, for example {@code
 * 2.0*matern52(ard) + periodic(period=1)*rbf + white(variance=0.1)}.
 *
 * <p>Sums, products, parentheses, whole powers {@code ^n} and numbers combine these functions of
 * two rows x and y, r = |x − y|:
 *
 * <table>
 * <caption>Covariance functions and their hyper-parameters, with what they are when left out</caption>
 * <tr><td>rbf(lengthscale=1)<td>exp(−r²/2l²)
 * <tr><td>matern12, matern32, matern52, matern72, matern92 (lengthscale=1)<td>Matérn's functions
 * <tr><td>rq(alpha=1, lengthscale=1)<td>(1 + r²/2αl²)^−α
 * <tr><td>periodic(period=1, lengthscale=1)<td>exp(−2 Σ_k sin²(π(x_k − y_k)/p)/l²)
 * <tr><td>cosine(period=1)<td>cos(2π Σ_k (x_k − y_k)/p)
 * <tr><td>linear(offset=0)<td>x·y + c
 * <tr><td>wendland2, wendland4 (lengthscale=1)<td>Wendland's functions of r/l
 * <tr><td>constant(value=1)<td>c
 * <tr><td>white(variance=1)<td>v where x = y, else 0
 * </table>
 *
 * <p>Every number is the initial value of a uniform of the kernel, exponents apart: {@code
 * <function>_<parameter>}, {@code <function>2_…} for a second one of the kind, {@code scale},
 * {@code scale2} … for plain numbers. With {@code ard} in place of a length scale the uniform is
 * {@code <function>_rate}, the reciprocal of a length scale for each component.
 *
 * @param kernel input {@code x}, parameter {@code y}, an output {@code value}
 * @param parameters initial values by uniform
 */
public record Covariance(Kernel kernel, Map<String, double[]> parameters) {
    public Covariance {
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads a covariance function of rows of {@code dimension} numbers.
     *
     * @throws KernelException with line, column and a caret at the place
     */
    public static Covariance parse(String text, int dimension, Precision precision) {
        return new CovarianceParser(text, dimension, precision).parse();
    }
}
