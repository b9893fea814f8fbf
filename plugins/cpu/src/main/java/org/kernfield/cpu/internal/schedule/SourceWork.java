package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.cpu.internal.code.CompiledValues;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Slot;

import java.util.List;

/** Evaluates a kernel at a block of queries, one source after the other. */
final class SourceWork {
    private final CompiledValues.Held held;
    private final Kernel kernel;
    private final Args args;
    private final Object uniforms;
    private final Planes in;
    private final int[] begin;
    private final RasterCoordinates coordinates;
    private int from;
    private int length;

    SourceWork(CompiledValues values, Args args) {
        this.kernel = values.kernel;
        this.args = args;
        held = values.perSource();
        Precision precision = kernel.precision();
        Object common = values.uniforms.pack(precision, args);
        uniforms = Numbers.array(precision, held.length());
        System.arraycopy(common, 0, uniforms, 0, values.uniforms.length());
        List<Instruction.Load> loads = held.map().inputs();
        in = Planes.of(loads, args);
        begin = in.offsets().clone();
        coordinates = new RasterCoordinates(loads, args);
    }

    /** Turns to queries {@code first} to {@code end} − 1. */
    void queries(int first, int end) {
        from = first;
        length = end - first;
        if (coordinates.areRead()) {
            int stride = VectorWidth.roundUp(length);
            Object xy = Numbers.array(kernel.precision(), 2 * stride);
            coordinates.bind(in, xy, stride, first, end);
        }
    }

    /**
     * The values at a source, a plane for each component; up to a vector more is written.
     *
     * @param out where the first query of all goes
     */
    void evaluate(int source, Planes out) {
        for (Slot slot : kernel.slots(Slot.Role.PARAM)) {
            var buffer = (PlanarBuffer) args.buffers().get(slot.name());
            for (int c = 0; c < slot.width(); c++) {
                double value = Numbers.get(buffer.data(), buffer.offset(c) + source);
                Numbers.set(uniforms, held.held().get(slot.name()) + c, value);
            }
        }
        for (int k = 0; k < begin.length; k++) {
            Slot slot = held.map().inputs().get(k).slot();
            if (slot.role() == Slot.Role.PAIR) {
                var buffer = (PlanarBuffer) args.buffers().get(slot.name());
                in.offsets()[k] = begin[k] + buffer.offset(source * slot.width());
            }
        }
        held.map()
                .code()
                .run(
                        in.arrays(),
                        in.offsets(),
                        uniforms,
                        out.arrays(),
                        out.offsets(),
                        from,
                        from + VectorWidth.roundUp(length));
    }
}
