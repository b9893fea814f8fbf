package org.kernfield.cpu.internal.plan;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Op;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds exponentials that need no care for their range: e^(k·s) with k ≤ 0 and s ≥ 0, every use of
 * which is chosen only where s ≤ c, as in a truncated kernel. Elsewhere its value is discarded.
 */
public final class Guards {
    private static final int NONE = -1;
    private static final int SEVERAL = -2;

    private final Ssa ssa;
    private final Signs signs;

    /** Line → the one condition under which it matters. */
    private final Map<Integer, Integer> guard = new HashMap<>();

    public Guards(Ssa ssa, Signs signs, List<Integer> needed, Collection<Integer> results) {
        this.ssa = ssa;
        this.signs = signs;
        results.forEach(line -> guard.put(line, SEVERAL));
        // uses come after their operands, so one pass from the end sees every use first
        for (int line : needed.reversed()) {
            if (ssa.get(line) instanceof Instruction.Apply a) {
                int outer = guard.getOrDefault(line, NONE);
                for (int k = 0; k < a.operands().size(); k++) {
                    boolean chosen = a.op() == Op.SELECT && k == 1;
                    guard.merge(
                            a.operand(k),
                            chosen ? a.operand(0) : outer,
                            (x, y) -> x.equals(y) ? x : SEVERAL);
                }
            }
        }
    }

    /** Whether {@code line} is such an exponential. */
    public boolean isBounded(int line) {
        int condition = guard.getOrDefault(line, NONE);
        return condition >= 0
                && ssa.get(line) instanceof Instruction.Apply exp
                && exp.op() == Op.EXP
                && ssa.get(exp.operand(0)) instanceof Instruction.Apply product
                && product.op() == Op.MULTIPLY
                && constantOf(product) != NONE
                && isLimited(condition, variableOf(product), value(constantOf(product)));
    }

    private boolean isLimited(int condition, int s, double k) {
        return ssa.get(condition) instanceof Instruction.Apply comparison
                && comparison.op().isComparison()
                && comparison.operand(0) == s
                && ssa.get(comparison.operand(1)) instanceof Instruction.Constant c
                && k <= 0
                && k * c.value() >= -87
                && signs.isNonNegative(s);
    }

    private double value(int line) {
        return ((Instruction.Constant) ssa.get(line)).value();
    }

    /** The constant factor of a product, −1 if it has none. */
    public int constantOf(Instruction.Apply product) {
        for (int k = 0; k < 2; k++) {
            if (ssa.get(product.operand(k)) instanceof Instruction.Constant) {
                return product.operand(k);
            }
        }
        return NONE;
    }

    /** The other factor. */
    public int variableOf(Instruction.Apply product) {
        return product.operand(0) == constantOf(product) ? product.operand(1) : product.operand(0);
    }
}
