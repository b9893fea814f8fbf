package org.kernfield.gp;

import org.kernfield.kernel.Expr;

import java.util.List;
import java.util.Optional;

/**
 * A function of the catalogue: its name, what it is given, and how it is written in the language.
 *
 * @param name as in text
 * @param parameters its hyper-parameters, in the order in which they are printed
 * @param options its options, in the order in which they are printed
 * @param pair k(x, y)
 * @param diagonal k(x, x), written so that nothing is 0/0 or 0·∞
 */
record Family(
        String name,
        List<ParameterSpec> parameters,
        List<Option> options,
        Formula pair,
        Formula diagonal) {
    /** Name of the option that says how many components there are. */
    static final String COMPONENTS = "components";

    /** A function of two rows. */
    @FunctionalInterface
    interface Formula {
        Expr of(Rows rows, Arguments arguments);
    }

    /** One that is 1 where x = y. */
    static Family correlation(String name, Formula pair, ParameterSpec... parameters) {
        return new Family(name, List.of(parameters), List.of(), pair, (rows, a) -> Expr.of(1));
    }

    /** One that needs no other formula where x = y. */
    static Family plain(
            String name, List<ParameterSpec> parameters, List<Option> options, Formula pair) {
        return new Family(
                name, parameters, options, pair, (rows, a) -> pair.of(rows.diagonal(), a));
    }

    Family with(Option... more) {
        return new Family(name, parameters, List.of(more), pair, diagonal);
    }

    Optional<ParameterSpec> parameter(String wanted) {
        return parameters.stream().filter(p -> p.name().equals(wanted)).findFirst();
    }

    Optional<Option> option(String wanted) {
        return options.stream().filter(o -> o.name().equals(wanted)).findFirst();
    }

    /** Whether {@code ard} means something to it. */
    boolean hasArd() {
        return parameters.stream().anyMatch(p -> p.shape() == ParameterSpec.Shape.ONE_OR_COLUMNS);
    }

    boolean isWhite() {
        return name.equals(Families.WHITE);
    }
}
