package org.kernfield.testkit;

import org.kernfield.backend.Args;
import org.kernfield.backend.ArgsCheck;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plainest backend there can be: every operation rounded to float, pair by pair on the calling
 * thread, sums in double. It shows that honest single precision keeps the contract, and that a
 * backend with a {@link Fault} does not.
 */
class SinglePrecision implements Backend {
    /** A mistake to be found. */
    enum Fault {
        NONE,
        FORGETS_LAST_SOURCE,
        PIXEL_CORNERS,
        ADDS_TO_OUTPUTS,
        LOSES_NAN,
        COARSE_EXP,
        NEGATES_UNIFORMS,
        LEAKS
    }

    private final Fault fault;

    SinglePrecision(Fault fault) {
        this.fault = fault;
    }

    @Override
    public String name() {
        return "single";
    }

    @Override
    public String description() {
        return "float interpreter for tests";
    }

    @Override
    public int ranking() {
        return -200;
    }

    @Override
    public Set<Op> operations() {
        return EnumSet.allOf(Op.class);
    }

    @Override
    public Session open(Resources resources) {
        return new Floats(resources);
    }

    private record Memory(
            ElementType type, long rows, int width, float[] values, Budget budget, boolean[] closed)
            implements Buffer {
        @Override
        public void write(Array array) {
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) array.get(k);
            }
        }

        @Override
        public void read(Array array) {
            for (int k = 0; k < values.length; k++) {
                array.set(k, values[k]);
            }
        }

        @Override
        public void close() {
            if (!closed[0]) {
                closed[0] = true;
                budget.release(4L * values.length);
            }
        }
    }

    private final class Floats implements Session {
        private final Resources resources;
        private final List<Buffer> buffers = new ArrayList<>();

        private Instruction[] code;
        private int[] results;
        private float[][] held;
        private float[] lines;
        private float[] term;

        Floats(Resources resources) {
            this.resources = resources;
        }

        @Override
        public Buffer allocate(ElementType type, long rows, int width) {
            resources.budget().take(4 * rows * width, "buffer");
            var values = new float[Math.toIntExact(rows * width)];
            var memory = new Memory(type, rows, width, values, resources.budget(), new boolean[1]);
            buffers.add(memory);
            return memory;
        }

        @Override
        public BufferOperations operations() {
            throw new UnsupportedOperationException("it only reduces");
        }

        @Override
        public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
            ArgsCheck.check(reduction, args, outputs);
            var kernel = reduction.kernel().lowered(EnumSet.allOf(Op.class), Set.of());
            int queries = (int) args.queries().count();
            boolean pairs = !kernel.slots(Slot.Role.PARAM).isEmpty();
            boolean map = reduction.kind() == Reduction.Kind.MAP;
            int sources = pairs ? (int) args.sources(reduction) : 1;
            if (pairs && fault == Fault.FORGETS_LAST_SOURCE && sources > 64) {
                sources--;
            }
            int width = kernel.outputWidth();
            decode(kernel, args);
            int rows =
                    switch (reduction.kind()) {
                        case MAP, SUM -> queries;
                        case SUM_INTO_SOURCES -> (int) args.sources(reduction);
                        default -> 1;
                    };
            var sums = new double[rows * width];
            for (int i = 0; i < queries; i++) {
                for (int j = 0; j < sources; j++) {
                    resources.cancel().check();
                    evaluate(args, i, j);
                    int row =
                            switch (reduction.kind()) {
                                case MAP, SUM -> i;
                                case SUM_INTO_SOURCES -> j;
                                default -> 0;
                            };
                    for (int r = 0; r < width; r++) {
                        boolean lost = fault == Fault.LOSES_NAN && Float.isNaN(term[r]);
                        sums[row * width + r] =
                                (map ? 0 : sums[row * width + r]) + (lost ? 0 : term[r]);
                    }
                }
            }
            int offset = 0;
            for (Output output : kernel.outputs()) {
                float[] into = ((Memory) outputs.get(output.name())).values();
                for (int i = 0; i < rows; i++) {
                    for (int c = 0; c < output.width(); c++) {
                        int at = i * output.width() + c;
                        float before = fault == Fault.ADDS_TO_OUTPUTS ? into[at] : 0;
                        into[at] = before + (float) sums[i * width + offset + c];
                    }
                }
                offset += output.width();
            }
        }

        private void decode(Kernel kernel, Args args) {
            var program = kernel.program();
            code = program.instructions().toArray(Instruction[]::new);
            results = program.results().stream().mapToInt(Integer::intValue).toArray();
            lines = new float[code.length];
            term = new float[results.length];
            held = new float[code.length][];
            for (int line = 0; line < code.length; line++) {
                if (code[line] instanceof Instruction.Load l
                        && args.buffers().get(l.slot().name()) instanceof Memory memory) {
                    held[line] = memory.values();
                }
            }
        }

        private void evaluate(Args args, int i, int j) {
            for (int line = 0; line < lines.length; line++) {
                lines[line] =
                        switch (code[line]) {
                            case Instruction.Constant c -> (float) c.value();
                            case Instruction.Load l -> load(l, held[line], args, i, j);
                            case Instruction.Contract c -> throw c.unexpected();
                            case Instruction.Apply a -> apply(a, lines);
                        };
            }
            for (int r = 0; r < results.length; r++) {
                term[r] = lines[results[r]];
            }
        }

        private float apply(Instruction.Apply a, float[] lines) {
            int arity = a.op().arity();
            float x = lines[a.operand(0)];
            float y = arity > 1 ? lines[a.operand(1)] : 0;
            float z = arity > 2 ? lines[a.operand(2)] : 0;
            float value =
                    switch (a.op()) {
                        case FMA -> Math.fma(x, y, z);
                        case RANDOM -> (float) Op.RANDOM.apply(x, y, z, lines[a.operand(3)]);
                        default -> (float) a.op().apply(x, y, z);
                    };
            return a.op() == Op.EXP && fault == Fault.COARSE_EXP ? value * (1 + 3e-6f) : value;
        }

        private float load(Instruction.Load l, float[] values, Args args, int i, int j) {
            Slot slot = l.slot();
            if (slot.role() == Slot.Role.UNIFORM) {
                float value = (float) args.uniforms().get(slot.name())[l.component()];
                return fault == Fault.NEGATES_UNIFORMS ? -value : value;
            }
            if (args.queries() instanceof Queries.Raster r && r.slot().equals(slot.name())) {
                float half = fault == Fault.PIXEL_CORNERS ? 0 : 0.5f;
                return (l.component() == 0 ? i % r.width() : i / r.width()) + half;
            }
            int row = slot.role() == Slot.Role.INPUT ? i : j;
            return values[row * slot.width() + l.component()];
        }

        @Override
        public void close() {
            if (fault != Fault.LEAKS) {
                buffers.forEach(Buffer::close);
            }
        }
    }
}
