package org.kernfield.gp;

import org.kernfield.kernel.Expr;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The catalogue of functions by name. */
final class Families {
    static final String WHITE = "white";
    static final String VARIANCE = "variance";

    private static final double LEAST_NOISE = 1e-8;

    private static final Map<String, Family> ALL = new TreeMap<>();

    static {
        Stream.of(
                        StationaryFamilies.all(),
                        PeriodicFamilies.all(),
                        DotFamilies.all(),
                        NetworkFamilies.all(),
                        basic())
                .flatMap(List::stream)
                .forEach(f -> ALL.put(f.name(), f));
    }

    private Families() {}

    private static List<Family> basic() {
        // a white function is an added diagonal and no function of two rows
        return List.of(
                Family.plain(
                        WHITE,
                        List.of(ParameterSpec.positive(VARIANCE, 1).in(LEAST_NOISE, 1e5)),
                        List.of(),
                        (rows, a) -> Expr.of(0)),
                Family.plain(
                        "constant",
                        List.of(ParameterSpec.positive("value", 1)),
                        List.of(),
                        (rows, a) -> a.number("value")));
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    /** The family called so, or null. */
    static Family find(String name) {
        return ALL.get(name);
    }

    static Family get(String name) {
        Family family = find(name);
        if (family == null) {
            throw new IllegalArgumentException(name + ": no covariance; use one of " + names());
        }
        return family;
    }
}
