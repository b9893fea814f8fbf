package org.kernfield.nd4j.internal;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Slot;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A kernel's program decoded for whole arrays: what shape each line has and which register holds
 * it. Registers are shared by lines that are not needed at the same time.
 */
final class Plan {
    /** What a line depends on, which is the shape of its array over a block of pairs. */
    enum Shape {
        /** One number. */
        SCALAR,
        /** A number a query: a column. */
        QUERY,
        /** A number a source: a row. */
        SOURCE,
        /** A number a pair. */
        PAIR
    }

    final List<Slot> slots;
    final int lines;

    /** The line of each output component. */
    final int[] results;

    /** By line; null for a load or a constant. */
    final Op[] op;

    /** Operands of each line; of a load the slot's index and the component. */
    final int[][] operands;

    final double[] constant;
    final Shape[] shape;

    /** Lines of one shape in order; those of pairs without and with the late slots. */
    final int[] ofScalars;

    final int[] ofQueries;
    final int[] ofSources;
    final int[] ofPairs;
    final int[] late;

    /** By line of pairs; −1 for others. */
    final int[] register;

    final int registers;
    private final boolean[] isLoad;
    private final boolean[] isLate;

    /**
     * @param isFlat whether a block is a list of pairs, so that nothing is shared by its rows
     * @param lateSlots pair slots that are filled after the other lines have been computed
     */
    Plan(Kernel kernel, boolean isFlat, Set<String> lateSlots) {
        var program = kernel.lowered(EnumSet.allOf(Op.class), Set.of()).program();
        var instructions = program.instructions();
        slots = kernel.slots();
        lines = instructions.size();
        results = program.results().stream().mapToInt(Integer::intValue).toArray();
        op = new Op[lines];
        operands = new int[lines][];
        constant = new double[lines];
        shape = new Shape[lines];
        isLoad = new boolean[lines];
        isLate = new boolean[lines];
        for (int line = 0; line < lines; line++) {
            decode(line, instructions.get(line), isFlat, lateSlots);
        }
        ofScalars = select(line -> shape[line] == Shape.SCALAR);
        ofQueries = select(line -> shape[line] == Shape.QUERY);
        ofSources = select(line -> shape[line] == Shape.SOURCE);
        ofPairs = select(line -> shape[line] == Shape.PAIR && !isLate[line]);
        late = select(line -> isLate[line]);
        register = new int[lines];
        registers = assign();
    }

    private void decode(int line, Instruction instruction, boolean isFlat, Set<String> lateSlots) {
        switch (instruction) {
            case Instruction.Constant k -> {
                constant[line] = k.value();
                shape[line] = Shape.SCALAR;
                operands[line] = new int[0];
            }
            case Instruction.Load load -> {
                isLoad[line] = true;
                operands[line] = new int[] {slots.indexOf(load.slot()), load.component()};
                isLate[line] = lateSlots.contains(load.slot().name());
                shape[line] =
                        switch (load.slot().role()) {
                            case UNIFORM -> Shape.SCALAR;
                            case INPUT -> isFlat ? Shape.PAIR : Shape.QUERY;
                            case PARAM -> isFlat ? Shape.PAIR : Shape.SOURCE;
                            case PAIR -> Shape.PAIR;
                        };
            }
            case Instruction.Contract c -> throw c.unexpected();
            case Instruction.Apply apply -> {
                op[line] = apply.op();
                operands[line] = apply.operands().stream().mapToInt(Integer::intValue).toArray();
                shape[line] = Shape.SCALAR;
                for (int operand : operands[line]) {
                    shape[line] = join(shape[line], shape[operand]);
                    isLate[line] |= isLate[operand];
                }
            }
        }
    }

    /** The shape of what an operation makes of two. */
    static Shape join(Shape a, Shape b) {
        return a == b || b == Shape.SCALAR ? a : a == Shape.SCALAR ? b : Shape.PAIR;
    }

    boolean isLoad(int line) {
        return isLoad[line];
    }

    private int[] select(IntPredicate which) {
        return IntStream.range(0, lines).filter(which).toArray();
    }

    /** A line's register is free again after its last use; results are kept. */
    private int assign() {
        int[] order = IntStream.concat(Arrays.stream(ofPairs), Arrays.stream(late)).toArray();
        var lastUse = new int[lines];
        for (int at = 0; at < order.length; at++) {
            lastUse[order[at]] = at;
            if (!isLoad[order[at]]) {
                for (int operand : operands[order[at]]) {
                    lastUse[operand] = at;
                }
            }
        }
        for (int result : results) {
            lastUse[result] = Integer.MAX_VALUE;
        }
        Arrays.fill(register, -1);
        var free = new ArrayDeque<Integer>();
        int count = 0;
        for (int at = 0; at < order.length; at++) {
            int line = order[at];
            register[line] = free.isEmpty() ? count++ : free.pop();
            int now = at;
            IntStream used = isLoad[line] ? IntStream.empty() : Arrays.stream(operands[line]);
            IntStream.concat(used, IntStream.of(line))
                    .distinct()
                    .filter(l -> register[l] >= 0 && lastUse[l] == now)
                    .forEach(l -> free.push(register[l]));
        }
        return count;
    }

    /** Bytes of a place to compute blocks in, scratch included. */
    long bytes(int queries, int sources, int element) {
        long pairs = (long) queries * sources * (registers + 1);
        long others = (long) ofQueries.length * queries + (long) ofSources.length * sources;
        return (pairs + others + queries) * element;
    }
}
