package org.kernfield.gp;

import org.kernfield.field.Nearest;
import org.kernfield.kernel.KernelException;
import org.kernfield.kernel.Tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A hyper-parameter as text: a number or a list, then what differs from the default of {@code
 * fixed} or {@code free}, {@code in [lower, upper]} and {@code ~ prior(a, b)}.
 */
final class ParameterText {
    private static final String FIXED = "fixed";
    private static final String FREE = "free";
    private static final String IN = "in";
    private static final String INFINITE = "inf";

    private ParameterText() {}

    static String of(Hyperparameter parameter, ParameterSpec spec) {
        String list =
                parameter.values().stream()
                        .map(v -> Double.toString(v))
                        .collect(Collectors.joining(", "));
        var text = new StringBuilder(parameter.values().size() > 1 ? "[" + list + "]" : list);
        var usual = spec.initial(parameter.toArray());
        if (parameter.isFixed() != usual.isFixed()) {
            text.append(' ').append(parameter.isFixed() ? FIXED : FREE);
        }
        if (parameter.lower() != usual.lower() || parameter.upper() != usual.upper()) {
            text.append(" in [")
                    .append(number(parameter.lower()))
                    .append(", ")
                    .append(number(parameter.upper()))
                    .append(']');
        }
        parameter.prior().ifPresent(p -> text.append(" ~ ").append(p.text()));
        return text.toString();
    }

    private static String number(double value) {
        return Double.isInfinite(value)
                ? (value < 0 ? "-" : "") + INFINITE
                : Double.toString(value);
    }

    static Hyperparameter parse(Tokens in, ParameterSpec spec) {
        int at = in.place();
        double[] values = values(in);
        return checked(in, at, () -> modified(in, spec, values, false));
    }

    /**
     * Reads one whose specification depends on its values; bounds below 0 let it be of any sign,
     * whatever it is now.
     */
    static Hyperparameter parse(Tokens in, Function<double[], ParameterSpec> specs) {
        int at = in.place();
        double[] values = values(in);
        return checked(in, at, () -> modified(in, specs.apply(values), values, true));
    }

    private static double[] values(Tokens in) {
        return numbers(in).stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Hyperparameter modified(
            Tokens in, ParameterSpec spec, double[] values, boolean isOfAnySign) {
        var parameter = spec.initial(values);
        while (true) {
            if (in.take(FIXED)) {
                parameter = parameter.fixed(true);
            } else if (in.take(FREE)) {
                parameter = parameter.fixed(false);
            } else if (in.take(IN)) {
                in.expect("[");
                double lower = bound(in);
                in.expect(",");
                double upper = bound(in);
                in.expect("]");
                if (isOfAnySign && lower < 0) {
                    parameter = parameter.by(Transform.IDENTITY);
                }
                parameter = parameter.in(lower, upper);
            } else if (in.take("~")) {
                parameter = parameter.with(prior(in));
            } else {
                return parameter;
            }
        }
    }

    private static Prior prior(Tokens in) {
        int at = in.place();
        String name = in.word("a prior");
        if (!Prior.NAMES.contains(name)) {
            throw in.error(
                    at, "'" + name + "' is no prior; " + Nearest.suggestion(name, Prior.NAMES));
        }
        in.expect("(");
        double first = in.number("a number");
        in.expect(",");
        double second = in.number("a number");
        in.expect(")");
        return checked(in, at, () -> Prior.of(name, first, second));
    }

    private static double bound(Tokens in) {
        if (in.take(INFINITE)) {
            return Double.POSITIVE_INFINITY;
        }
        if (in.peek().equals("-") && in.second().equals(INFINITE)) {
            in.expect("-");
            in.expect(INFINITE);
            return Double.NEGATIVE_INFINITY;
        }
        return in.number("a bound");
    }

    private static List<Double> numbers(Tokens in) {
        if (!in.take("[")) {
            return List.of(in.number("a value"));
        }
        var list = new ArrayList<Double>();
        do {
            list.add(in.number("a value"));
        } while (in.take(","));
        in.expect("]");
        return list;
    }

    /** What {@code make} makes; what it finds wrong is shown with its place. */
    static <T> T checked(Tokens in, int at, Supplier<T> make) {
        try {
            return make.get();
        } catch (KernelException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw in.error(at, e.getMessage());
        }
    }
}
