package org.kernfield.cpu.internal.plan;

import org.kernfield.kernel.Contraction;
import org.kernfield.kernel.Instruction;

/** What a program shows about the sign of its values; false means not shown. */
public final class Signs {
    private final Ssa ssa;

    public Signs(Ssa ssa) {
        this.ssa = ssa;
    }

    public boolean isNonNegative(int line) {
        return switch (ssa.get(line)) {
            case Instruction.Constant c -> c.value() >= 0;
            case Instruction.Load l -> false;
            case Instruction.Contract c -> c.kind() == Contraction.SQDIST;
            case Instruction.Apply a ->
                    switch (a.op()) {
                        case EXP, ABS, SQRT -> true;
                        case MULTIPLY ->
                                a.operand(0) == a.operand(1)
                                        || both(a, true)
                                        || (isNonPositive(a.operand(0))
                                                && isNonPositive(a.operand(1)));
                        case ADD, MIN -> both(a, true);
                        case MAX -> isNonNegative(a.operand(0)) || isNonNegative(a.operand(1));
                        case NEGATE -> isNonPositive(a.operand(0));
                        default -> false;
                    };
        };
    }

    public boolean isNonPositive(int line) {
        return switch (ssa.get(line)) {
            case Instruction.Constant c -> c.value() <= 0;
            case Instruction.Load l -> false;
            case Instruction.Contract c -> false;
            case Instruction.Apply a ->
                    switch (a.op()) {
                        case NEGATE -> isNonNegative(a.operand(0));
                        case MULTIPLY ->
                                opposite(a.operand(0), a.operand(1))
                                        || opposite(a.operand(1), a.operand(0));
                        case ADD, MAX -> both(a, false);
                        case MIN -> isNonPositive(a.operand(0)) || isNonPositive(a.operand(1));
                        default -> false;
                    };
        };
    }

    private boolean opposite(int a, int b) {
        return isNonNegative(a) && isNonPositive(b);
    }

    private boolean both(Instruction.Apply a, boolean nonNegative) {
        return nonNegative
                ? isNonNegative(a.operand(0)) && isNonNegative(a.operand(1))
                : isNonPositive(a.operand(0)) && isNonPositive(a.operand(1));
    }
}
