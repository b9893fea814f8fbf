package org.kernfield.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the text of a {@link Covariance}. */
final class CovarianceParser {
    /** Parameters of each function, with their values when left out. */
    private static final Map<String, Map<String, Double>> FUNCTIONS = functions();

    private static final String LENGTH_SCALE = "lengthscale";

    private final Tokens in;
    private final KernelBuilder builder;
    private final Vec x;
    private final Vec y;
    private final Map<String, double[]> values = new LinkedHashMap<>();
    private final Map<String, Integer> used = new TreeMap<>();

    CovarianceParser(String text, int dimension, Precision precision) {
        in = new Tokens(text);
        builder = Kernel.build("covariance").precision(precision);
        x = builder.input("x", dimension);
        y = builder.param("y", dimension);
    }

    private static Map<String, Map<String, Double>> functions() {
        var all = new TreeMap<String, Map<String, Double>>();
        for (String stationary :
                List.of(
                        "rbf",
                        "matern12",
                        "matern32",
                        "matern52",
                        "matern72",
                        "matern92",
                        "wendland2",
                        "wendland4")) {
            all.put(stationary, Map.of(LENGTH_SCALE, 1.0));
        }
        all.put("rq", Map.of("alpha", 1.0, LENGTH_SCALE, 1.0));
        all.put("periodic", Map.of("period", 1.0, LENGTH_SCALE, 1.0));
        all.put("cosine", Map.of("period", 1.0));
        all.put("linear", Map.of("offset", 0.0));
        all.put("constant", Map.of("value", 1.0));
        all.put("white", Map.of("variance", 1.0));
        return all;
    }

    Covariance parse() {
        builder.output("value", sum());
        if (!in.isEnd()) {
            throw in.error(in.found() + " after the end of the covariance; remove it");
        }
        return new Covariance(builder.done(), values);
    }

    private Expr sum() {
        Expr value = product();
        while (in.take("+")) {
            value = value.plus(product());
        }
        if (in.peek().equals("-") || in.peek().equals("/")) {
            throw in.error(in.found() + ": covariances are added and multiplied only; use + or *");
        }
        return value;
    }

    private Expr product() {
        Expr value = power();
        while (in.take("*")) {
            value = value.times(power());
        }
        return value;
    }

    private Expr power() {
        Expr base = factor();
        if (!in.take("^")) {
            return base;
        }
        int at = in.place();
        int exponent = in.whole("an exponent");
        if (exponent < 1 || exponent > 16) {
            throw in.error(at, "a covariance to the power " + exponent + "; use 1 to 16");
        }
        return base.pow(exponent);
    }

    private Expr factor() {
        if (in.take("(")) {
            Expr value = sum();
            in.expect(")");
            return value;
        }
        if (in.isNumber()) {
            int at = in.place();
            double value = in.number("a number");
            if (!(value > 0)) {
                throw in.error(at, "a factor of " + value + "; use a number above 0");
            }
            return uniform(numbered("scale"), value);
        }
        int at = in.place();
        String name = in.word("a covariance");
        if (!FUNCTIONS.containsKey(name)) {
            throw in.error(at, "'" + name + "' is no covariance; use one of " + FUNCTIONS.keySet());
        }
        var given = new LinkedHashMap<String, Double>(FUNCTIONS.get(name));
        boolean isArd = in.take("(") && arguments(name, given);
        return function(name, numbered(name) + "_", given, isArd);
    }

    /**
     * Reads {@code name=number} and {@code ard} up to the bracket; returns whether ard is there.
     */
    private boolean arguments(String function, Map<String, Double> given) {
        boolean isArd = false;
        if (in.take(")")) {
            return false;
        }
        do {
            int at = in.place();
            String name = in.word("a parameter");
            if (name.equals("ard") && isStationary(function)) {
                isArd = true;
                continue;
            }
            if (!given.containsKey(name)) {
                var known = new TreeSet<>(given.keySet());
                if (isStationary(function)) {
                    known.add("ard");
                }
                throw in.error(
                        at, "'" + name + "' is no parameter of " + function + "; it has " + known);
            }
            in.expect("=");
            int place = in.place();
            double value = in.number("a value");
            if (!(value > 0) && !name.equals("offset")) {
                throw in.error(place, name + " is " + value + "; use a number above 0");
            }
            given.put(name, value);
        } while (in.take(","));
        in.expect(")");
        return isArd;
    }

    private static boolean isStationary(String function) {
        return FUNCTIONS.get(function).containsKey(LENGTH_SCALE) && !function.equals("periodic");
    }

    private Expr function(String name, String prefix, Map<String, Double> given, boolean isArd) {
        if (isStationary(name)) {
            return stationary(name, squaredDistance(prefix, given, isArd), prefix, given);
        }
        return switch (name) {
            case "periodic" -> {
                Expr turn = Expr.of(Math.PI).dividedBy(uniform(prefix + "period", given, "period"));
                Vec sines = x.minus(y).times(turn).map(Expr::sin);
                Expr l = uniform(prefix + LENGTH_SCALE, given, LENGTH_SCALE);
                yield sines.squaredNorm().times(-2).dividedBy(l.square()).exp();
            }
            case "cosine" ->
                    x.minus(y)
                            .sum()
                            .times(2 * Math.PI)
                            .dividedBy(uniform(prefix + "period", given, "period"))
                            .cos();
            case "linear" -> x.dot(y).plus(uniform(prefix + "offset", given, "offset"));
            case "white" ->
                    x.sqdist(y)
                            .atMost(Expr.of(0))
                            .select(uniform(prefix + "variance", given, "variance"), 0);
            default -> uniform(prefix + "value", given, "value");
        };
    }

    private Expr squaredDistance(String prefix, Map<String, Double> given, boolean isArd) {
        if (isArd) {
            var rates = new double[x.size()];
            java.util.Arrays.fill(rates, 1 / given.get(LENGTH_SCALE));
            values.put(prefix + "rate", rates);
            return x.sqdist(y, builder.uniform(prefix + "rate", x.size()));
        }
        Expr l = uniform(prefix + LENGTH_SCALE, given, LENGTH_SCALE);
        return x.sqdist(y).dividedBy(l.square());
    }

    private Expr stationary(String name, Expr s, String prefix, Map<String, Double> given) {
        if (name.equals("rq")) {
            Expr alpha = uniform(prefix + "alpha", given, "alpha");
            return s.dividedBy(alpha.times(2)).log1p().times(alpha.negate()).exp();
        }
        return s.radial(
                switch (name) {
                    case "rbf" -> new RadialProfile.Gaussian();
                    case "wendland2" -> new RadialProfile.Wendland(2);
                    case "wendland4" -> new RadialProfile.Wendland(4);
                    default -> new RadialProfile.Matern((name.charAt(6) - '1') / 2);
                });
    }

    /** The name itself at first, then with a number. */
    private String numbered(String name) {
        int count = used.merge(name, 1, Integer::sum);
        return count == 1 ? name : name + count;
    }

    private Expr uniform(String name, Map<String, Double> given, String parameter) {
        return uniform(name, given.get(parameter));
    }

    private Expr uniform(String name, double value) {
        values.put(name, new double[] {value});
        return builder.uniform(name);
    }
}
