package org.kernfield.reference.internal;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Slot;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** A kernel's program decoded into arrays, with what each line depends on. */
final class Code {
    final List<Slot> slots;
    final int lines;
    final int[] results;

    /** By line; null for a load or a constant. */
    final Op[] op;

    /** Operand lines; of a load the slot's index and the component. */
    final int[] a;

    final int[] b;
    final int[] c;
    final int[] d;
    final double[] constant;
    private final boolean[] isLoad;
    private final boolean[] readsInput;
    private final boolean[] readsParam;

    Code(Kernel kernel) {
        var program = kernel.lowered(EnumSet.allOf(Op.class), Set.of()).program();
        var instructions = program.instructions();
        slots = kernel.slots();
        lines = instructions.size();
        results = program.results().stream().mapToInt(Integer::intValue).toArray();
        op = new Op[lines];
        a = new int[lines];
        b = new int[lines];
        c = new int[lines];
        d = new int[lines];
        constant = new double[lines];
        isLoad = new boolean[lines];
        readsInput = new boolean[lines];
        readsParam = new boolean[lines];
        for (int line = 0; line < lines; line++) {
            decode(line, instructions.get(line));
        }
    }

    private void decode(int line, Instruction instruction) {
        switch (instruction) {
            case Instruction.Constant k -> constant[line] = k.value();
            case Instruction.Load load -> {
                isLoad[line] = true;
                a[line] = slots.indexOf(load.slot());
                b[line] = load.component();
                var role = load.slot().role();
                readsInput[line] = role == Slot.Role.INPUT || role == Slot.Role.PAIR;
                readsParam[line] = role == Slot.Role.PARAM || role == Slot.Role.PAIR;
            }
            case Instruction.Contract c -> throw c.unexpected();
            case Instruction.Apply apply -> {
                op[line] = apply.op();
                a[line] = apply.operand(0);
                b[line] = apply.op().arity() > 1 ? apply.operand(1) : 0;
                c[line] = apply.op().arity() > 2 ? apply.operand(2) : 0;
                d[line] = apply.op().arity() > 3 ? apply.operand(3) : 0;
                for (int operand : apply.operands()) {
                    readsInput[line] |= readsInput[operand];
                    readsParam[line] |= readsParam[operand];
                }
            }
        }
    }

    boolean isLoad(int line) {
        return isLoad[line];
    }

    /** All lines. */
    int[] all() {
        return IntStream.range(0, lines).toArray();
    }

    /** Lines that read rows of exactly these roles; what a pair has of its own reads both. */
    int[] reading(boolean input, boolean param) {
        return select(line -> readsInput[line] == input && readsParam[line] == param);
    }

    private int[] select(IntPredicate which) {
        return IntStream.range(0, lines).filter(which).toArray();
    }
}
