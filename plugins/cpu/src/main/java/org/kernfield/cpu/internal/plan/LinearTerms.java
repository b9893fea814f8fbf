package org.kernfield.cpu.internal.plan;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Op;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Writes a value as Σ coefficient · term, where the coefficients are constant within a loop and the
 * terms are not. Σ over the loop then needs only the sums of the terms: the coefficients come in
 * once, after it.
 */
final class LinearTerms {
    /**
     * The least number that comes out of a choice; the greatest is one by it, lest sums overflow.
     */
    private static final double LEAST = 1e-3;

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
                    add(new Factors(line), coefficient, terms);
                    return;
                }
                case SELECT -> {
                    add(new Factors(line), coefficient, terms);
                    return;
                }
                default -> {}
            }
        }
        merge(line, coefficient, terms);
    }

    private void merge(int line, int coefficient, Map<Integer, Integer> terms) {
        terms.merge(line, coefficient, (x, y) -> ssa.apply(Op.ADD, x, y));
    }

    /**
     * A product, with the constant ones of its factors moved into the coefficient and the others
     * multiplied latest line first, so that products with factors in common share them.
     */
    private void add(Factors factors, int coefficient, Map<Integer, Integer> terms) {
        int outside = factors.isNegative ? negated(coefficient) : coefficient;
        for (int factor : factors.constant) {
            outside = ssa.apply(Op.MULTIPLY, outside, factor);
        }
        factors.varying.sort(Comparator.reverseOrder());
        int inside = factors.varying.getFirst();
        for (int factor : factors.varying.subList(1, factors.varying.size())) {
            inside = ssa.apply(Op.MULTIPLY, Math.min(inside, factor), Math.max(inside, factor));
        }
        merge(inside, outside, terms);
    }

    /** The factors of a product of products. */
    private final class Factors {
        final List<Integer> constant = new ArrayList<>();
        final List<Integer> varying = new ArrayList<>();
        boolean isNegative;

        Factors(int line) {
            collect(line);
        }

        private void collect(int line) {
            if (invariant.test(line)) {
                constant.add(line);
            } else if (ssa.get(line) instanceof Instruction.Apply a && a.op() == Op.MULTIPLY) {
                collect(a.operand(0));
                collect(a.operand(1));
            } else if (ssa.get(line) instanceof Instruction.Apply a && a.op() == Op.NEGATE) {
                isNegative = !isNegative;
                collect(a.operand(0));
            } else if (ssa.get(line) instanceof Instruction.Apply a
                    && a.op() == Op.ADD
                    && a.operand(0) == a.operand(1)) {
                constant.add(ssa.constant(2));
                collect(a.operand(0));
            } else {
                varying.add(selected(line));
            }
        }

        /** A value or zero, less the numbers that the value is multiplied by. */
        private int selected(int line) {
            if (ssa.get(line) instanceof Instruction.Apply a
                    && a.op() == Op.SELECT
                    && ssa.is(a.operand(2), 0)) {
                double number = number(a.operand(1));
                if (number != 1 && Math.abs(number) >= LEAST && Math.abs(number) <= 1 / LEAST) {
                    constant.add(ssa.constant(number));
                    int rest = withoutNumbers(a.operand(1));
                    return ssa.apply(Op.SELECT, a.operand(0), rest, a.operand(2));
                }
            }
            return line;
        }
    }

    /** The product of the numbers among the factors of a product of products. */
    private double number(int line) {
        return switch (ssa.get(line)) {
            case Instruction.Constant c -> c.value();
            case Instruction.Apply a when a.op() == Op.MULTIPLY ->
                    number(a.operand(0)) * number(a.operand(1));
            default -> 1;
        };
    }

    private int withoutNumbers(int line) {
        return switch (ssa.get(line)) {
            case Instruction.Constant c -> ssa.constant(1);
            case Instruction.Apply a when a.op() == Op.MULTIPLY ->
                    ssa.apply(
                            Op.MULTIPLY,
                            withoutNumbers(a.operand(0)),
                            withoutNumbers(a.operand(1)));
            default -> line;
        };
    }

    private int negated(int coefficient) {
        return ssa.is(coefficient, 1) ? ssa.constant(-1) : ssa.apply(Op.NEGATE, coefficient);
    }
}
