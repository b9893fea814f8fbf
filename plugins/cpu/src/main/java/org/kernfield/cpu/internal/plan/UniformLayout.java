package org.kernfield.cpu.internal.plan;

import org.kernfield.backend.Args;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Slot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where each uniform stands in the one array that compiled code reads. */
public final class UniformLayout {
    private final List<Slot> slots;
    private final Map<String, Integer> offsets = new HashMap<>();
    private final int length;

    public UniformLayout(Kernel kernel) {
        this(kernel.slots(Slot.Role.UNIFORM));
    }

    public UniformLayout(List<Slot> slots) {
        this.slots = List.copyOf(slots);
        int next = 0;
        for (Slot slot : slots) {
            offsets.put(slot.name(), next);
            next += slot.width();
        }
        length = next;
    }

    public int index(Instruction.Load load) {
        return offsets.get(load.slot().name()) + load.component();
    }

    /** Numbers in the array. */
    public int length() {
        return length;
    }

    /** The values of {@code args} in this layout. */
    public Object pack(Precision precision, Args args) {
        Object packed = Numbers.array(precision, length);
        for (Slot slot : slots) {
            double[] values = args.uniforms().get(slot.name());
            for (int k = 0; k < slot.width(); k++) {
                Numbers.set(packed, offsets.get(slot.name()) + k, values[k]);
            }
        }
        return packed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UniformLayout layout && slots.equals(layout.slots);
    }

    @Override
    public int hashCode() {
        return slots.hashCode();
    }
}
