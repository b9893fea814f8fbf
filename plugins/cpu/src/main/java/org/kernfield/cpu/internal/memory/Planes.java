package org.kernfield.cpu.internal.memory;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Output;

import java.util.List;
import java.util.Map;

/**
 * Planes that compiled code reads or writes, all {@code float[]} or all {@code double[]}: element i
 * of plane k is {@code arrays[k][offsets[k] + i]}.
 */
public record Planes(Object[] arrays, int[] offsets) {
    public Planes(int count) {
        this(new Object[count], new int[count]);
    }

    /** The buffers' planes for {@code loads}; a load whose slot has no buffer stays null. */
    public static Planes of(List<Instruction.Load> loads, Args args) {
        var planes = new Planes(loads.size());
        for (int k = 0; k < loads.size(); k++) {
            var load = loads.get(k);
            if (args.buffers().get(load.slot().name()) instanceof PlanarBuffer buffer) {
                planes.set(k, buffer.data(), buffer.offset(load.component()));
            }
        }
        return planes;
    }

    /** The planes of a kernel's outputs, component by component. */
    public static Planes of(Kernel kernel, Map<String, Buffer> outputs) {
        return of(kernel.outputs(), outputs);
    }

    /** The planes of a buffer. */
    public static Planes of(Buffer buffer) {
        var planes = new Planes(buffer.width());
        for (int c = 0; c < planes.count(); c++) {
            planes.set(c, ((PlanarBuffer) buffer).data(), ((PlanarBuffer) buffer).offset(c));
        }
        return planes;
    }

    /** The planes of some outputs, component by component. */
    public static Planes of(List<Output> some, Map<String, Buffer> outputs) {
        var planes = new Planes(some.stream().mapToInt(Output::width).sum());
        int k = 0;
        for (Output output : some) {
            var buffer = (PlanarBuffer) outputs.get(output.name());
            for (int c = 0; c < output.width(); c++) {
                planes.set(k++, buffer.data(), buffer.offset(c));
            }
        }
        return planes;
    }

    /** {@code count} planes of {@code stride} elements, one after the other in {@code array}. */
    public static Planes consecutive(Object array, int count, int stride) {
        var planes = new Planes(count);
        for (int k = 0; k < count; k++) {
            planes.set(k, array, k * stride);
        }
        return planes;
    }

    public void set(int k, Object array, int offset) {
        arrays[k] = array;
        offsets[k] = offset;
    }

    public int count() {
        return offsets.length;
    }

    /** A copy whose planes may be set without changing this one. */
    public Planes copy() {
        return new Planes(arrays.clone(), offsets.clone());
    }

    public void clear(int from, int to) {
        for (int k = 0; k < count(); k++) {
            Numbers.fill(arrays[k], offsets[k] + from, offsets[k] + to, 0);
        }
    }
}
