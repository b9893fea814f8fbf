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
        var instructions = kernel.program().instructions();
        var lines = new double[instructions.size()];
        for (int k = 0; k < lines.length; k++) {
            lines[k] =
                    switch (instructions.get(k)) {
                        case Instruction.Constant c -> c.value();
                        case Instruction.Load l -> numbers.get(l.slot().name())[l.component()];
                        case Instruction.Apply a ->
                                a.op().apply(
                                                lines[a.operand(0)],
                                                a.op().arity() > 1 ? lines[a.operand(1)] : 0,
                                                a.op().arity() > 2 ? lines[a.operand(2)] : 0);
                    };
        }
        return kernel.program().results().stream().mapToDouble(r -> lines[r]).toArray();
    }

    /** Central difference of an output component. */
    double difference(Kernel kernel, int output, String slot, int component) {
        double h = 1e-6;
        return (moved(slot, component, h).in(kernel)[output]
                        - moved(slot, component, -h).in(kernel)[output])
                / (2 * h);
    }
}
