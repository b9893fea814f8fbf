package org.kernfield.gp.exact;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.kernel.Slot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The derivatives of reductions in float64 by the uniforms of their kernels, added up by slot. */
public final class UniformGradient {
    private final Map<String, double[]> sums = new HashMap<>();

    /**
     * Adds the derivative of one reduction.
     *
     * @param args what the reduction reads, and the cotangents of its results
     */
    public void add(Reduction value, Args args, Compute compute) {
        List<Slot> uniforms = value.kernel().slots(Slot.Role.UNIFORM);
        if (uniforms.isEmpty()) {
            return;
        }
        var buffers = new HashMap<String, Buffer>();
        try {
            for (Slot slot : uniforms) {
                buffers.put(
                        Reduction.cotangent(slot.name()),
                        compute.allocate(ElementType.F64, 1, slot.width()));
            }
            var names = uniforms.stream().map(Slot::name).collect(Collectors.toSet());
            for (Reduction derivative : value.vjp(names)) {
                compute.run(derivative, args, buffers);
            }
            for (Slot slot : uniforms) {
                var numbers = new double[slot.width()];
                buffers.get(Reduction.cotangent(slot.name())).read(Array.of(slot.width(), numbers));
                sums.merge(slot.name(), numbers, UniformGradient::sum);
            }
        } finally {
            buffers.values().forEach(Buffer::close);
        }
    }

    private static double[] sum(double[] a, double[] b) {
        var sum = a.clone();
        for (int k = 0; k < sum.length; k++) {
            sum[k] += b[k];
        }
        return sum;
    }

    /** By slot; slots that no reduction had are not there. */
    public Map<String, double[]> bySlot() {
        return Map.copyOf(sums);
    }
}
