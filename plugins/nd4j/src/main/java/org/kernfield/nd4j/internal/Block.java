package org.kernfield.nd4j.internal;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Slot;
import org.nd4j.linalg.api.ndarray.INDArray;

import java.lang.foreign.Arena;

/**
 * A place where the lines of a plan are computed for a block of pairs at a time, each line one call
 * of ND4J over the whole block. One thread uses it at a time.
 */
final class Block {
    /** Lines after which the cancel token is looked at. */
    private static final int LOOK = 32;

    final Plan plan;
    private final ElementType type;
    private final Reader[] readers;
    private final CancelToken cancel;
    private final double[] scalars;
    private final Register[] byLine;
    private final Register scratch;
    private int queries;
    private int sources;

    Block(
            Plan plan,
            ElementType type,
            Reader[] readers,
            double[] scalars,
            int mostQueries,
            int mostSources,
            CancelToken cancel,
            Arena arena) {
        this.plan = plan;
        this.type = type;
        this.readers = readers;
        this.scalars = scalars;
        this.cancel = cancel;
        long pairs = (long) mostQueries * mostSources;
        var shared = new Register[plan.registers];
        for (int k = 0; k < shared.length; k++) {
            shared[k] = register(arena, pairs);
        }
        byLine = new Register[plan.lines];
        for (int line = 0; line < plan.lines; line++) {
            byLine[line] =
                    switch (plan.shape[line]) {
                        case SCALAR -> null;
                        case QUERY -> register(arena, mostQueries);
                        case SOURCE -> register(arena, mostSources);
                        case PAIR -> shared[plan.register[line]];
                    };
        }
        scratch = register(arena, pairs);
    }

    private Register register(Arena arena, long elements) {
        return new Register(arena.allocate(elements * type.bytes(), 64), type);
    }

    /** The lines that are one number, in the precision of the kernel. */
    static double[] scalars(Plan plan, ElementType type, double[][] uniforms) {
        var scalars = new double[plan.lines];
        for (int line : plan.ofScalars) {
            double value;
            int[] operands = plan.operands[line];
            if (plan.isLoad(line)) {
                value = uniforms[operands[0]][operands[1]];
            } else if (plan.op[line] == null) {
                value = plan.constant[line];
            } else {
                var numbers = new double[operands.length];
                for (int k = 0; k < numbers.length; k++) {
                    numbers[k] = scalars[operands[k]];
                }
                value = plan.op[line].apply(numbers);
            }
            scalars[line] = type == ElementType.F32 ? (float) value : value;
        }
        return scalars;
    }

    int queries() {
        return queries;
    }

    int sources() {
        return sources;
    }

    /** The lines that depend on queries alone; the block then has those. */
    void queries(int[] rows, int count) {
        queries = count;
        for (int line : plan.ofQueries) {
            if (plan.isLoad(line)) {
                load(line, rows, count);
            } else {
                apply(line, count, 1);
            }
        }
    }

    /** The lines that depend on sources alone; the block then has those. */
    void sources(int[] rows, int count) {
        sources = count;
        for (int line : plan.ofSources) {
            if (plan.isLoad(line)) {
                load(line, rows, count);
            } else {
                apply(line, 1, count);
            }
        }
    }

    private void load(int line, int[] rows, int count) {
        Reader reader = readers[plan.operands[line][0]];
        int component = plan.operands[line][1];
        Register into = byLine[line];
        for (int k = 0; k < count; k++) {
            into.set(k, reader.get(rows[k], component));
        }
    }

    /** Gives the row of a pair slot that a place in the block reads. */
    interface PairRow {
        long of(int query, int source);
    }

    /** The lines of pairs, those that wait for late slots apart. */
    void pairs(PairRow pairRow) {
        compute(plan.ofPairs, pairRow);
    }

    /** The lines that read late slots. */
    void late(PairRow pairRow) {
        compute(plan.late, pairRow);
    }

    private void compute(int[] lines, PairRow pairRow) {
        for (int k = 0; k < lines.length; k++) {
            if (k % LOOK == 0) {
                cancel.check();
            }
            int line = lines[k];
            if (plan.isLoad(line)) {
                loadPairs(line, pairRow);
            } else {
                apply(line, queries, sources);
            }
        }
    }

    private void loadPairs(int line, PairRow pairRow) {
        Reader reader = readers[plan.operands[line][0]];
        int component = plan.operands[line][1];
        Register into = byLine[line];
        for (int q = 0; q < queries; q++) {
            for (int s = 0; s < sources; s++) {
                into.set((long) q * sources + s, reader.get(pairRow.of(q, s), component));
            }
        }
    }

    /**
     * A list of pairs side by side: every line is of pairs then.
     *
     * @param lanes how many
     */
    void list(Lanes lanes) {
        queries = 1;
        sources = lanes.count();
        for (int k = 0; k < plan.ofPairs.length; k++) {
            if (k % LOOK == 0) {
                cancel.check();
            }
            int line = plan.ofPairs[k];
            if (plan.isLoad(line)) {
                loadList(line, lanes);
            } else {
                apply(line, 1, sources);
            }
        }
    }

    private void loadList(int line, Lanes lanes) {
        int slot = plan.operands[line][0];
        Reader reader = readers[slot];
        int component = plan.operands[line][1];
        Register into = byLine[line];
        Slot.Role role = plan.slots.get(slot).role();
        int[] rows = role == Slot.Role.INPUT ? lanes.query() : lanes.source();
        for (int k = 0; k < sources; k++) {
            long row = role == Slot.Role.PAIR ? lanes.entry()[k] : rows[k];
            into.set(k, reader.get(row, component));
        }
    }

    private Values values(int line, int rowsOfBlock, int columnsOfBlock) {
        return switch (plan.shape[line]) {
            case SCALAR -> new Values(null, scalars[line], 0, 0);
            case QUERY -> new Values(byLine[line], 0, 1, 0);
            case SOURCE -> new Values(byLine[line], 0, 0, 1);
            case PAIR -> new Values(byLine[line], 0, columnsOfBlock, 1);
        };
    }

    /** The numbers of component {@code result}; valid until the next block. */
    Values result(int result) {
        return values(plan.results[result], queries, sources);
    }

    private INDArray view(int line, int rows, int columns) {
        return switch (plan.shape[line]) {
            case SCALAR -> throw new IllegalStateException("line " + line + " is one number");
            case QUERY -> byLine[line].view(rows, 1);
            case SOURCE -> byLine[line].view(1, columns);
            case PAIR -> byLine[line].view(rows, columns);
        };
    }

    private void apply(int line, int rows, int columns) {
        Op op = plan.op[line];
        int[] x = plan.operands[line];
        if (op == Op.FMA && isAsLargeAs(line, x[0], x[1])) {
            INDArray into = view(line, rows, columns);
            binary(Op.MULTIPLY, x[0], x[1], into, rows, columns);
            add(into, x[2], rows, columns);
        } else if (!Natives.OPERATIONS.contains(op)) {
            elementwise(line, rows, columns);
        } else if (x.length == 1) {
            Natives.apply(op, view(x[0], rows, columns), view(line, rows, columns));
        } else {
            binary(op, x[0], x[1], view(line, rows, columns), rows, columns);
        }
    }

    /** Whether what two lines make together has a line's shape, and is not a number. */
    private boolean isAsLargeAs(int line, int a, int b) {
        Plan.Shape shape = plan.shape[line];
        return shape != Plan.Shape.SCALAR && shape == Plan.join(plan.shape[a], plan.shape[b]);
    }

    private void add(INDArray into, int line, int rows, int columns) {
        if (plan.shape[line] == Plan.Shape.SCALAR) {
            Natives.apply(Op.ADD, into, scalars[line], into);
        } else {
            Natives.apply(Op.ADD, into, view(line, rows, columns), into);
        }
    }

    /** Two numbers make a number, so one operand at least is an array. */
    private void binary(Op op, int a, int b, INDArray into, int rows, int columns) {
        if (plan.shape[a] == Plan.Shape.SCALAR) {
            Natives.apply(op, scalars[a], view(b, rows, columns), into);
        } else if (plan.shape[b] == Plan.Shape.SCALAR) {
            Natives.apply(op, view(a, rows, columns), scalars[b], into);
        } else {
            Natives.apply(op, view(a, rows, columns), view(b, rows, columns), into);
        }
    }

    private void elementwise(int line, int rows, int columns) {
        int[] x = plan.operands[line];
        var operands = new Values[x.length];
        for (int k = 0; k < x.length; k++) {
            operands[k] = values(x[k], rows, columns);
        }
        Elementwise.apply(plan.op[line], operands, byLine[line], rows, columns);
    }

    /**
     * exp(x_qs − m_q) over the block.
     *
     * @param result component
     * @param largest m, by query
     */
    Values shares(int result, double[] largest) {
        Values x = result(result);
        for (int q = 0; q < queries; q++) {
            for (int s = 0; s < sources; s++) {
                scratch.set((long) q * sources + s, x.at(q, s) - largest[q]);
            }
        }
        INDArray view = scratch.view(queries, sources);
        Natives.apply(Op.EXP, view, view);
        return new Values(scratch, 0, sources, 1);
    }
}
