package org.kernfield.cpu.internal.plan;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Op;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Writes a value as Σ coefficient · term, where the coefficients are constant within a loop and the
 * terms are not. Σ over the loop then needs only the sums of the terms: the coefficients come in
 * once, after it.
 */
final class LinearTerms {
    private final Ssa ssa;
    private final IntPredicate invariant;

    /**
     * @param invariant which lines are constant within the loop
     */
    LinearTerms(Ssa ssa, IntPredicate invariant) {
        this.ssa = ssa;
        this.invariant = invariant;
    }

    /** Term → coefficient of {@code line}, in a fixed order. */
    Map<Integer, Integer> of(int line) {
        var terms = new LinkedHashMap<Integer, Integer>();
        collect(line, ssa.constant(1), terms);
        return terms;
    }

    private void collect(int line, int coefficient, Map<Integer, Integer> terms) {
        if (!invariant.test(line) && ssa.get(line) instanceof Instruction.Apply a) {
            switch (a.op()) {
                case ADD -> {
                    collect(a.operand(0), coefficient, terms);
                    collect(a.operand(1), coefficient, terms);
                    return;
                }
                case SUBTRACT -> {
                    collect(a.operand(0), coefficient, terms);
                    collect(a.operand(1), negated(coefficient), terms);
                    return;
                }
                case NEGATE -> {
                    collect(a.operand(0), negated(coefficient), terms);
                    return;
                }
                case MULTIPLY -> {
                    for (int k = 0; k < 2; k++) {
                        if (invariant.test(a.operand(k))) {
                            collect(
                                    a.operand(1 - k),
                                    ssa.apply(Op.MULTIPLY, coefficient, a.operand(k)),
                                    terms);
                            return;
                        }
                    }
                }
                default -> {}
            }
        }
        terms.merge(line, coefficient, (x, y) -> ssa.apply(Op.ADD, x, y));
    }

    private int negated(int coefficient) {
        return ssa.is(coefficient, 1) ? ssa.constant(-1) : ssa.apply(Op.NEGATE, coefficient);
    }
}
