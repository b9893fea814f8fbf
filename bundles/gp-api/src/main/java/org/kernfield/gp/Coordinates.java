package org.kernfield.gp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The free hyper-parameters of a covariance function as one vector: each by its {@link Transform},
 * in the order of the text, fixed ones left out.
 */
public final class Coordinates {
    private final BoundCovariance covariance;
    private final List<Assembly.Carried> free;

    Coordinates(BoundCovariance covariance, List<Assembly.Carried> carried) {
        this.covariance = covariance;
        free = carried.stream().filter(c -> !c.parameter().isFixed()).toList();
    }

    /** How many there are. */
    public int size() {
        return free.stream().mapToInt(c -> c.parameter().values().size()).sum();
    }

    /** A name for each: that of its hyper-parameter, with {@code [k]} where that has several. */
    public List<String> names() {
        var names = new ArrayList<String>();
        for (Assembly.Carried c : free) {
            int width = c.parameter().values().size();
            for (int k = 0; k < width; k++) {
                names.add(c.parameter().name() + (width > 1 ? "[" + k + "]" : ""));
            }
        }
        return names;
    }

    /** Where the hyper-parameters are now. */
    public double[] values() {
        return collect(
                (c, k) -> {
                    var p = c.parameter();
                    return p.transform().coordinate(p.values().get(k), p.lower(), p.upper());
                });
    }

    /** No coordinate is below; −∞ where there is no bound. */
    public double[] lower() {
        return collect((c, k) -> bound(c.parameter(), c.parameter().lower()));
    }

    /** No coordinate is above; ∞ where there is no bound. */
    public double[] upper() {
        return collect((c, k) -> bound(c.parameter(), c.parameter().upper()));
    }

    private static double bound(Hyperparameter p, double bound) {
        return p.transform().coordinate(bound, p.lower(), p.upper());
    }

    /** The covariance function at other coordinates; values are kept within their bounds. */
    public BoundCovariance at(double[] coordinates) {
        if (coordinates.length != size()) {
            throw new IllegalArgumentException(
                    "%d coordinates of %s; give %d"
                            .formatted(coordinates.length, covariance, size()));
        }
        var values = new LinkedHashMap<String, double[]>();
        int at = 0;
        for (Assembly.Carried c : free) {
            var p = c.parameter();
            var numbers = new double[p.values().size()];
            for (int k = 0; k < numbers.length; k++) {
                double value = p.transform().value(coordinates[at++], p.lower(), p.upper());
                numbers[k] = Math.clamp(value, p.lower(), p.upper());
            }
            values.put(p.name(), numbers);
        }
        return covariance.with(values);
    }

    /**
     * The gradient by the coordinates.
     *
     * @param byUniform the gradient by the kernels' uniforms, by slot; a slot left out counts as 0
     */
    public double[] gradient(Map<String, double[]> byUniform) {
        return collect(
                (c, k) -> {
                    double[] gradient = byUniform.get(c.uniform().name());
                    return gradient == null
                            ? 0
                            : gradient[k] * c.slope(c.parameter().values().get(k)) * slope(c, k);
                });
    }

    /** Logarithm of the priors' densities, without constants; 0 without priors. */
    public double logPrior() {
        double sum = 0;
        for (Assembly.Carried c : free) {
            for (double value : c.parameter().values()) {
                sum += c.parameter().prior().map(p -> p.logDensity(value)).orElse(0.0);
            }
        }
        return sum;
    }

    /** Gradient of {@link #logPrior} by the coordinates. */
    public double[] logPriorGradient() {
        return collect(
                (c, k) -> {
                    double value = c.parameter().values().get(k);
                    return c.parameter().prior().map(p -> p.slope(value)).orElse(0.0) * slope(c, k);
                });
    }

    private static double slope(Assembly.Carried c, int k) {
        var p = c.parameter();
        return p.transform().slope(p.values().get(k), p.lower(), p.upper());
    }

    @FunctionalInterface
    private interface Component {
        double of(Assembly.Carried carried, int k);
    }

    private double[] collect(Component component) {
        var all = new double[size()];
        int at = 0;
        for (Assembly.Carried c : free) {
            for (int k = 0; k < c.parameter().values().size(); k++) {
                all[at++] = component.of(c, k);
            }
        }
        return all;
    }
}
