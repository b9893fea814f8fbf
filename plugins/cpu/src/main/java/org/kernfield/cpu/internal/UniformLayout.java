package org.kernfield.cpu.internal;

import org.kernfield.backend.Args;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where each uniform of a kernel stands in the one array that compiled code reads. */
final class UniformLayout {
    private final List<Slot> slots;
    private final Map<String, Integer> offsets = new HashMap<>();
    private int length;

    UniformLayout(Kernel kernel) {
        slots = new ArrayList<>(kernel.slots(Slot.Role.UNIFORM));
        for (Slot slot : slots) {
            offsets.put(slot.name(), length);
            length += slot.width();
        }
    }

    int index(Instruction.Load load) {
        return offsets.get(load.slot().name()) + load.component();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UniformLayout layout && slots.equals(layout.slots);
    }

    @Override
    public int hashCode() {
        return slots.hashCode();
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
}
