package org.kernfield.gp;

import org.kernfield.field.Nearest;
import org.kernfield.kernel.Tokens;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
        if (name.equals(ChangePointCovariance.NAME)) {
            return changePoint();
        }
        if (name.equals(FormulaCovariance.NAME)) {
            return formula();
        }
        if (name.equals(CoregionCovariance.NAME)) {
            return coregion();
        }
        Family family = Families.find(name);
        if (family == null) {
            throw in.error(
                    at, "'" + name + "' is no covariance; " + Nearest.suggestion(name, names()));
        }
        return function(BasicCovariance.of(family));
    }

    private static Set<String> names() {
        var names = new TreeSet<>(Families.names());
        names.add(ChangePointCovariance.NAME);
        names.add(FormulaCovariance.NAME);
        names.add(CoregionCovariance.NAME);
        return names;
    }

    private Covariance changePoint() {
        in.expect("(");
        Covariance before = sum();
        in.expect(",");
        Covariance after = sum();
        var location = ChangePointCovariance.LOCATION;
        var steepness = ChangePointCovariance.STEEPNESS;
        Hyperparameter place = location.initial();
        Hyperparameter slope = steepness.initial();
        Columns column = Columns.ALL;
        while (in.take(",")) {
            int at = in.place();
            String name = in.word("a parameter");
            if (name.equals(DIMS)) {
                in.expect("=");
                column = columns();
            } else if (name.equals(location.name())) {
                in.expect("=");
                place = ParameterText.parse(in, location);
            } else if (name.equals(steepness.name())) {
                in.expect("=");
                slope = ParameterText.parse(in, steepness);
            } else {
                var known = List.of(location.name(), steepness.name(), DIMS);
                throw in.error(
                        at,
                        "'%s' is no parameter of %s; %s"
                                .formatted(
                                        name,
                                        ChangePointCovariance.NAME,
                                        Nearest.suggestion(name, known)));
            }
        }
        in.expect(")");
        return new ChangePointCovariance(before, after, place, slope, column);
    }

    private Covariance formula() {
        in.expect("(");
        boolean isWhole = in.isQuoted();
        String source = isWhole ? in.wordOrQuoted("a kernel") : in.raw(Set.of(";", ")"));
        var parameters = new LinkedHashMap<String, Hyperparameter>();
        Columns columns = Columns.ALL;
        if (in.take(";")) {
            do {
                String name = in.word("a parameter");
                in.expect("=");
                if (name.equals(DIMS)) {
                    columns = columns();
                } else {
                    parameters.put(
                            name, ParameterText.parse(in, v -> FormulaCovariance.spec(name, v)));
                }
            } while (in.take(","));
        }
        in.expect(")");
        return new FormulaCovariance(source, isWhole, parameters, columns);
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

    private Covariance coregion() {
        int rank = 1;
        var given = new ArrayList<Hyperparameter>();
        int start = in.place();
        if (in.take("(") && !in.take(")")) {
            do {
                int at = in.place();
                String name = in.word("a parameter");
                if (name.equals(CoregionCovariance.RANK)) {
                    in.expect("=");
                    rank = in.whole(name);
                } else if (name.equals(CoregionCovariance.WEIGHTS.name())) {
                    in.expect("=");
                    given.add(ParameterText.parse(in, CoregionCovariance.WEIGHTS));
                } else if (name.equals(CoregionCovariance.KAPPA.name())) {
                    in.expect("=");
                    given.add(ParameterText.parse(in, CoregionCovariance.KAPPA));
                } else {
                    throw in.error(at, noParameterOfCoregion(name));
                }
            } while (in.take(","));
            in.expect(")");
        }
        int columns = rank;
        var value = ParameterText.checked(in, start, () -> new CoregionCovariance(columns));
        for (Hyperparameter parameter : given) {
            value = value.with(parameter);
        }
        return value;
    }

    private static String noParameterOfCoregion(String name) {
        var known =
                List.of(
                        CoregionCovariance.RANK,
                        CoregionCovariance.WEIGHTS.name(),
                        CoregionCovariance.KAPPA.name());
        return "'%s' is no parameter of %s; %s"
                .formatted(name, CoregionCovariance.NAME, Nearest.suggestion(name, known));
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
