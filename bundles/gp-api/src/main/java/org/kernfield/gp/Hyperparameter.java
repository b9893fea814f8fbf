package org.kernfield.gp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A number of a covariance function, or one for each column.
 *
 * @param name within its function ({@code lengthscale}), or within a bound covariance, where each
 *     name is there once ({@code rbf2_lengthscale})
 * @param values one, or one for each column or component
 * @param transform how an optimiser sees it
 * @param lower no value is below
 * @param upper no value is above
 * @param isFixed whether a fit leaves it alone
 * @param prior its distribution, of each value alone
 */
public record Hyperparameter(
        String name,
        List<Double> values,
        Transform transform,
        double lower,
        double upper,
        boolean isFixed,
        Optional<Prior> prior) {
    public Hyperparameter {
        values = List.copyOf(values);
        require(!values.isEmpty(), name, "no value", "give one");
        require(lower <= upper, name, "bounds " + lower + " to " + upper, "give the lower first");
        boolean isLog = transform == Transform.LOG;
        require(!isLog || lower >= 0, name, "the lower bound " + lower, "use 0 or more");
        for (double value : values) {
            boolean isInside = value >= lower && value <= upper && !Double.isInfinite(value);
            require(
                    isInside && (!isLog || value > 0),
                    name,
                    value + " is outside " + lower + " to " + upper,
                    "use a value between, or other bounds");
        }
    }

    private static void require(boolean holds, String name, String wrong, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + wrong + "; " + remedy);
        }
    }

    /** The values in a new array. */
    public double[] toArray() {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** With other values. */
    public Hyperparameter with(double... others) {
        return new Hyperparameter(
                name,
                Arrays.stream(others).boxed().toList(),
                transform,
                lower,
                upper,
                isFixed,
                prior);
    }

    /** Held fast, or free. */
    public Hyperparameter fixed(boolean fixed) {
        return new Hyperparameter(name, values, transform, lower, upper, fixed, prior);
    }

    /** With other bounds; the values must lie between them. */
    public Hyperparameter in(double low, double high) {
        return new Hyperparameter(name, values, transform, low, high, isFixed, prior);
    }

    /** With a prior. */
    public Hyperparameter with(Prior distribution) {
        return new Hyperparameter(
                name, values, transform, lower, upper, isFixed, Optional.of(distribution));
    }

    Hyperparameter called(String other) {
        return new Hyperparameter(other, values, transform, lower, upper, isFixed, prior);
    }

    Hyperparameter by(Transform other) {
        return new Hyperparameter(name, values, other, lower, upper, isFixed, prior);
    }
}
