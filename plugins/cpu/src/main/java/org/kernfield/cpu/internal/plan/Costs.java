package org.kernfield.cpu.internal.plan;

import org.kernfield.kernel.Instruction;

import java.util.Collection;

/** What lines cost once they are vector code, in vector operations. */
public final class Costs {
    private Costs() {}

    public static int of(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Constant c -> 1;
            case Instruction.Load l -> 1;
            case Instruction.Contract c -> 1;
            case Instruction.Apply a ->
                    switch (a.op()) {
                        case EXP -> 18;
                        case LOG -> 45;
                        case SIN, COS -> 60;
                        case TANH -> 45;
                        case FLOOR -> 12;
                        case RANDOM -> 100;
                        case LOG_BESSEL_I,
                                LOG_BESSEL_I_BY_X,
                                LOG_BESSEL_I_BY_ORDER,
                                LOG_BESSEL_K,
                                LOG_BESSEL_K_BY_X,
                                LOG_BESSEL_K_BY_ORDER ->
                                2000;
                        default -> 1;
                    };
        };
    }

    public static int of(Ssa ssa, Collection<Integer> lines) {
        return lines.stream().mapToInt(line -> of(ssa.get(line))).sum();
    }
}
