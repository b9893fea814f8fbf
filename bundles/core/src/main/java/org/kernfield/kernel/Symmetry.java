package org.kernfield.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Whether a kernel of pairs keeps its value when query and source change places. */
public final class Symmetry {
    private static final int TRIALS = 16;
    private static final double ROUNDING = 1e-9;

    private Symmetry() {}

    /**
     * Compares the kernel's values at pairs of random rows in float64. Inputs and parameters, the
     * payload {@link Kernel#WEIGHT} apart, correspond in the order of declaration.
     *
     * @throws KernelException if slots do not correspond or values differ
     */
    public static void check(Kernel kernel) {
        var inputs = kernel.slots(Slot.Role.INPUT);
        var params =
                kernel.slots(Slot.Role.PARAM).stream()
                        .filter(s -> !s.name().equals(Kernel.WEIGHT))
                        .toList();
        boolean corresponds =
                inputs.size() == params.size() && kernel.slots(Slot.Role.PAIR).isEmpty();
        for (int k = 0; corresponds && k < inputs.size(); k++) {
            corresponds = inputs.get(k).width() == params.get(k).width();
        }
        if (!corresponds) {
            throw new KernelException(
                    kernel
                            + ": not symmetric; give as many parameters as inputs, as wide, no"
                            + " pair");
        }
        var random = new SplittableRandom(1);
        for (int trial = 0; trial < TRIALS; trial++) {
            var there = new HashMap<String, double[]>();
            var back = new HashMap<String, double[]>();
            for (int k = 0; k < inputs.size(); k++) {
                double[] x = numbers(random, inputs.get(k).width());
                double[] p = numbers(random, inputs.get(k).width());
                there.put(inputs.get(k).name(), x);
                there.put(params.get(k).name(), p);
                back.put(inputs.get(k).name(), p);
                back.put(params.get(k).name(), x);
            }
            for (Slot slot : kernel.slots()) {
                if (!there.containsKey(slot.name())) {
                    double[] same = numbers(random, slot.width());
                    there.put(slot.name(), same);
                    back.put(slot.name(), same);
                }
            }
            compare(kernel, there, back);
        }
    }

    private static void compare(
            Kernel kernel, Map<String, double[]> there, Map<String, double[]> back) {
        double[] one = kernel.program().evaluate(there);
        double[] other = kernel.program().evaluate(back);
        for (int k = 0; k < one.length; k++) {
            double scale = Math.max(1, Math.abs(one[k]));
            // NaN differs from nothing: the formula is not defined there
            if (Math.abs(one[k] - other[k]) > ROUNDING * scale) {
                throw new KernelException(
                        "%s: not symmetric, %s against %s with the rows exchanged; use a plain sum"
                                .formatted(kernel, one[k], other[k]));
            }
        }
    }

    private static double[] numbers(SplittableRandom random, int width) {
        return random.doubles(width, 0.1, 2).toArray();
    }
}
