package org.kernfield.cpu.internal;

import org.kernfield.backend.Args;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Slot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where each uniform stands in the one array that compiled code reads. */
final class UniformLayout {
    private final List<Slot> slots;
    private final Map<String, Integer> offsets = new HashMap<>();
    private final int length;

    UniformLayout(Kernel kernel) {
        this(kernel.slots(Slot.Role.UNIFORM));
    }

    UniformLayout(List<Slot> slots) {
        this.slots = List.copyOf(slots);
        int next = 0;
        for (Slot slot : slots) {
            offsets.put(slot.name(), next);
            next += slot.width();
        }
        length = next;
    }

    int index(Instruction.Load load) {
        return offsets.get(load.slot().name()) + load.component();
    }

    /** Numbers in the array. */
    int length() {
        return length;
    }

    /** The values of {@code args} in this layout. */
    float[] pack(Args args) {
        var packed = new float[length];
        for (Slot slot : slots) {
            double[] values = args.uniforms().get(slot.name());
            for (int k = 0; k < slot.width(); k++) {
                packed[offsets.get(slot.name()) + k] = (float) values[k];
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
