package org.kernfield.kernel;

import java.util.HashMap;
import java.util.Map;

/** Numbers for slots, and what a kernel gives for them in float64, line by line. */
final class Values {
    private final Map<String, double[]> numbers = new HashMap<>();

    static Values of(String slot, double... values) {
        return new Values().and(slot, values);
    }

    Values and(String slot, double... values) {
        var more = new Values();
        more.numbers.putAll(numbers);
        more.numbers.put(slot, values.clone());
        return more;
    }

    /** With one component moved by {@code step}. */
    Values moved(String slot, int component, double step) {
        double[] values = numbers.get(slot).clone();
        values[component] += step;
        return and(slot, values);
    }

    /** All output components in order. */
    double[] in(Kernel kernel) {
        return kernel.program().evaluate(numbers);
    }

    /** Central difference of an output component. */
    double difference(Kernel kernel, int output, String slot, int component) {
        double h = 1e-6;
        return (moved(slot, component, h).in(kernel)[output]
                        - moved(slot, component, -h).in(kernel)[output])
                / (2 * h);
    }
}
