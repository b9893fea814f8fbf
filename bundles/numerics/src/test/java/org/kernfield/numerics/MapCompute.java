package org.kernfield.numerics;

import org.kernfield.backend.Args;
import org.kernfield.backend.ArgsCheck;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Workers;
import org.kernfield.field.Compute;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Slot;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Evaluates maps in float64, one row after the other, and counts the buffers in use. */
final class MapCompute implements Compute {
    final Set<Buffer> open = new HashSet<>();

    private final class Memory implements Buffer {
        final ElementType type;
        final Array values;

        Memory(ElementType type, long rows, int width) {
            this.type = type;
            values = Array.zeros(ElementType.F64, rows, width);
            open.add(this);
        }

        @Override
        public ElementType type() {
            return type;
        }

        @Override
        public long rows() {
            return values.rows();
        }

        @Override
        public int width() {
            return values.width();
        }

        @Override
        public void write(Array from) {
            for (long k = 0; k < values.elements(); k++) {
                values.set(k, from.get(k));
            }
        }

        @Override
        public void read(Array into) {
            for (long k = 0; k < values.elements(); k++) {
                into.set(k, values.get(k));
            }
        }

        @Override
        public void close() {
            open.remove(this);
        }
    }

    @Override
    public Buffer allocate(ElementType type, long rows, int width) {
        return new Memory(type, rows, width);
    }

    @Override
    public BufferOperations operations() {
        throw new UnsupportedOperationException("it only maps");
    }

    @Override
    public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
        ArgsCheck.check(reduction, args, outputs);
        var kernel = reduction.kernel();
        for (long row = 0; row < args.queries().count(); row++) {
            double[] lines = lines(kernel.program().instructions(), args, row);
            int at = 0;
            for (Output output : kernel.outputs()) {
                Array into = ((Memory) outputs.get(output.name())).values;
                for (int c = 0; c < output.width(); c++) {
                    into.set(row * output.width() + c, lines[kernel.program().results().get(at++)]);
                }
            }
        }
    }

    private static double[] lines(java.util.List<Instruction> code, Args args, long row) {
        var lines = new double[code.size()];
        for (int k = 0; k < lines.length; k++) {
            lines[k] =
                    switch (code.get(k)) {
                        case Instruction.Constant c -> c.value();
                        case Instruction.Load l when l.slot().role() == Slot.Role.UNIFORM ->
                                args.uniforms().get(l.slot().name())[l.component()];
                        case Instruction.Load l ->
                                ((Memory) args.buffers().get(l.slot().name()))
                                        .values.get(row * l.slot().width() + l.component());
                        case Instruction.Contract c -> throw c.unexpected();
                        case Instruction.Apply a -> {
                            int arity = a.op().arity();
                            yield a.op().apply(
                                            lines[a.operand(0)],
                                            arity > 1 ? lines[a.operand(1)] : 0,
                                            arity > 2 ? lines[a.operand(2)] : 0);
                        }
                    };
        }
        return lines;
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        throw new UnsupportedOperationException("maps only");
    }

    @Override
    public String backend() {
        return "map";
    }

    @Override
    public double progress() {
        return 0;
    }

    @Override
    public Workers workers() {
        return Workers.SERIAL;
    }

    @Override
    public long memoryLeft() {
        return Long.MAX_VALUE;
    }

    @Override
    public void checkCancelled() {}
}
