package org.kernfield.gp;

import org.kernfield.field.Nearest;
import org.kernfield.kernel.Tokens;

import java.util.ArrayList;
import java.util.List;

/** Reads the text of a {@link Covariance}. */
final class CovarianceParser {
    static final String DIMS = "dims";

    private static final String ARD = "ard";

    private final Tokens in;

    CovarianceParser(String text) {
        in = new Tokens(text);
    }

    Covariance parse() {
        Covariance value = sum();
        if (!in.isEnd()) {
            throw in.error(in.found() + " after the end of the covariance; remove it");
        }
        return value;
    }

    private Covariance sum() {
        var terms = new ArrayList<>(List.of(product()));
        while (in.take("+")) {
            terms.add(product());
        }
        if (in.peek().equals("-") || in.peek().equals("/")) {
            throw in.error(in.found() + ": covariances are added and multiplied only; use + or *");
        }
        return SumCovariance.of(terms);
    }

    private Covariance product() {
        var factors = new ArrayList<>(List.of(power()));
        while (in.take("*")) {
            factors.add(power());
        }
        return ProductCovariance.of(factors);
    }

    private Covariance power() {
        Covariance base = factor();
        if (!in.take("^")) {
            return base;
        }
        int at = in.place();
        int exponent = in.whole("an exponent");
        return ParameterText.checked(in, at, () -> base.pow(exponent));
    }

    private Covariance factor() {
        if (in.take("(")) {
            Covariance value = sum();
            in.expect(")");
            return value;
        }
        if (in.isNumber()) {
            return new ScaleCovariance(ParameterText.parse(in, ScaleCovariance.SPEC));
        }
        int at = in.place();
        String name = in.word("a covariance");
        Family family = Families.find(name);
        if (family == null) {
            throw in.error(
                    at,
                    "'"
                            + name
                            + "' is no covariance; "
                            + Nearest.suggestion(name, Families.names()));
        }
        return function(BasicCovariance.of(family));
    }

    private Covariance function(BasicCovariance defaults) {
        BasicCovariance value = defaults;
        if (!in.take("(") || in.take(")")) {
            return value;
        }
        do {
            value = argument(value);
        } while (in.take(","));
        in.expect(")");
        return value;
    }

    private BasicCovariance argument(BasicCovariance value) {
        int at = in.place();
        String name = in.word("a parameter");
        if (name.equals(ARD) && value.family().hasArd()) {
            return value.ard();
        }
        if (name.equals(DIMS)) {
            in.expect("=");
            return value.on(columns());
        }
        var option = value.family().option(name);
        if (option.isPresent()) {
            in.expect("=");
            int place = in.place();
            String given =
                    option.get().isWhole()
                            ? Integer.toString(in.whole(name))
                            : in.word("a value of " + name);
            return ParameterText.checked(in, place, () -> value.option(name, given));
        }
        ParameterSpec spec = ParameterText.checked(in, at, () -> value.spec(name));
        in.expect("=");
        boolean isList = in.peek().equals("[");
        BasicCovariance changed = value.with(ParameterText.parse(in, spec));
        boolean isOfColumns = spec.shape() == ParameterSpec.Shape.ONE_OR_COLUMNS;
        return isList && isOfColumns ? changed.ard() : changed;
    }

    private Columns columns() {
        if (!in.take("[")) {
            return new Columns(List.of(column()));
        }
        var list = new ArrayList<String>();
        do {
            list.add(column());
        } while (in.take(","));
        in.expect("]");
        return new Columns(list);
    }

    private String column() {
        return in.isNumber()
                ? Integer.toString(in.whole("a column"))
                : in.wordOrQuoted("a column's number or name");
    }
}
