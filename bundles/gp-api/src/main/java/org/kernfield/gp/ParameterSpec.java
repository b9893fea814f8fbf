package org.kernfield.gp;

import java.util.List;
import java.util.Optional;

/**
 * What a function says about one of its hyper-parameters.
 *
 * @param initial its default, of one value
 * @param shape how many values it has
 * @param isReciprocal whether kernels read 1/v, as the scale of a contraction
 * @param isOptional whether it exists only where the text mentions it, or {@code ard}
 */
record ParameterSpec(
        Hyperparameter initial, Shape shape, boolean isReciprocal, boolean isOptional) {
    /** How many values there are. */
    enum Shape {
        ONE,
        /** One, or with {@code ard} one for each column. */
        ONE_OR_COLUMNS,
        /** One for each of the function's components. */
        COMPONENTS,
        /** Component by component, one for each column. */
        COMPONENTS_BY_COLUMNS,
        /** The same; a single number v is spread as v/Q, 2v/Q, … v over Q components. */
        COMPONENTS_SPREAD
    }

    static final String LENGTHSCALE = "lengthscale";

    private static final double LARGE = 1e5;

    static ParameterSpec positive(String name, double value) {
        return new ParameterSpec(logarithmic(name, value), Shape.ONE, false, false);
    }

    /** One number, fitted as it is. */
    static ParameterSpec real(String name, double value, double lower) {
        var initial =
                new Hyperparameter(
                        name,
                        List.of(value),
                        Transform.IDENTITY,
                        lower,
                        Double.POSITIVE_INFINITY,
                        false,
                        Optional.empty());
        return new ParameterSpec(initial, Shape.ONE, false, false);
    }

    /** 1 at first, and one for each column with {@code ard}; kernels read the reciprocal. */
    static ParameterSpec lengthscale() {
        return new ParameterSpec(logarithmic(LENGTHSCALE, 1), Shape.ONE_OR_COLUMNS, true, false);
    }

    ParameterSpec shaped(Shape other) {
        return new ParameterSpec(initial, other, isReciprocal, isOptional);
    }

    ParameterSpec optional() {
        return new ParameterSpec(initial, shape, isReciprocal, true);
    }

    ParameterSpec fixed() {
        return new ParameterSpec(initial.fixed(true), shape, isReciprocal, isOptional);
    }

    ParameterSpec in(double lower, double upper) {
        return new ParameterSpec(initial.in(lower, upper), shape, isReciprocal, isOptional);
    }

    String name() {
        return initial.name();
    }

    private static Hyperparameter logarithmic(String name, double value) {
        return new Hyperparameter(
                name, List.of(value), Transform.LOG, 1 / LARGE, LARGE, false, Optional.empty());
    }

    /** The default with other values; its bounds make room for them where they may. */
    Hyperparameter initial(double... values) {
        double lower = initial.lower();
        double upper = initial.upper();
        for (double value : values) {
            if (initial.transform() == Transform.LOG && value > 0) {
                lower = Math.min(lower, value);
            }
            upper = Double.isFinite(value) ? Math.max(upper, value) : upper;
        }
        return initial.in(Math.min(lower, initial.lower()), upper).with(values);
    }

    /** A single number for all of {@code width} values, or spread over the components. */
    Hyperparameter widened(Hyperparameter parameter, int width, int components) {
        int given = parameter.values().size();
        if (given == width) {
            return parameter;
        }
        if (given != 1) {
            throw new IllegalArgumentException(
                    "%s: %d numbers; give %d, or one for all"
                            .formatted(parameter.name(), given, width));
        }
        var values = new double[width];
        for (int k = 0; k < width; k++) {
            int component = k / (width / components);
            values[k] =
                    parameter.values().getFirst()
                            * (shape == Shape.COMPONENTS_SPREAD
                                    ? (component + 1.0) / components
                                    : 1);
        }
        return parameter.with(values);
    }

    /** How many values there are of it. */
    int width(boolean isArd, int columns, int components) {
        return switch (shape) {
            case ONE -> 1;
            case ONE_OR_COLUMNS -> isArd ? columns : 1;
            case COMPONENTS -> components;
            case COMPONENTS_BY_COLUMNS, COMPONENTS_SPREAD -> components * columns;
        };
    }
}
