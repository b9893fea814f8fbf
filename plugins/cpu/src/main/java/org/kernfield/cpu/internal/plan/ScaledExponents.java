package org.kernfield.cpu.internal.plan;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Op;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Writes e^(k·s), k a negative constant, as 2^−s′ with s′ = −k·s / ln 2, which takes two
 * multiplications less, where s is made of squares and products: the factor goes into what is
 * computed once for many pairs. What else reads s or a part of it takes it from s′.
 */
final class ScaledExponents {
    private static final double LN2 = Math.log(2);
    private static final double CLOSE = 1e-12;

    /** Rounding of s′, relative; bounds of s are moved so that s still meets them where it did. */
    private static final double ROUNDING = 4e-7;

    private final Ssa from;
    private final Ssa to;

    /** Which lines are computed once for many pairs. */
    private final IntPredicate isOnce;

    private final boolean scalesCoordinates;

    /** The factor of each line that is replaced by its multiple. */
    private final Map<Integer, Double> factors = new HashMap<>();

    private final Map<Integer, Integer> scaled = new HashMap<>();
    private final Map<Integer, Integer> moved = new HashMap<>();

    /**
     * Coordinates that were scaled: their rounding is worth more in a difference the larger they
     * are.
     */
    final List<Integer> coordinates = new ArrayList<>();

    /** The results of the rewritten program. */
    final List<Integer> results;

    /**
     * @param isOnce which lines are computed once for many pairs
     * @param scalesCoordinates whether the factor of a difference of two such lines goes into both
     * @param to empty; filled with the rewritten program
     */
    ScaledExponents(
            Ssa from,
            List<Integer> results,
            IntPredicate isOnce,
            boolean scalesCoordinates,
            Ssa to) {
        this.from = from;
        this.to = to;
        this.isOnce = isOnce;
        this.scalesCoordinates = scalesCoordinates;
        List<Integer> needed = from.needed(results);
        needed.forEach(this::mark);
        needed.forEach(this::move);
        this.results = results.stream().map(moved::get).toList();
    }

    /** Whether nothing was changed. */
    boolean isEmpty() {
        return factors.isEmpty();
    }

    /** e^(k·of). */
    private record Exponential(double k, int of) {}

    private Exponential exponential(Instruction.Apply exp) {
        double k = 1;
        int of = exp.operand(0);
        for (int factor = constantOf(of); factor >= 0; factor = constantOf(of)) {
            k *= value(factor);
            var product = (Instruction.Apply) from.get(of);
            of = product.operand(0) == factor ? product.operand(1) : product.operand(0);
        }
        return new Exponential(k, of);
    }

    /** The constant factor of a product, −1 for everything else. */
    private int constantOf(int line) {
        if (from.get(line) instanceof Instruction.Apply a && a.op() == Op.MULTIPLY) {
            for (int operand : a.operands()) {
                if (isConstant(operand)) {
                    return operand;
                }
            }
        }
        return -1;
    }

    private boolean isConstant(int line) {
        return from.get(line) instanceof Instruction.Constant;
    }

    private double value(int line) {
        return ((Instruction.Constant) from.get(line)).value();
    }

    /** Marks what the exponential {@code line} is of, if that can be scaled. */
    private void mark(int line) {
        if (isOnce.test(line)
                || !(from.get(line) instanceof Instruction.Apply a)
                || a.op() != Op.EXP) {
            return;
        }
        Exponential e = exponential(a);
        boolean isScaled = Math.abs(e.k / LN2 + 1) < CLOSE;
        if (e.k < 0 && !isScaled && !isOnce.test(e.of)) {
            var marks = new HashMap<>(factors);
            if (mark(e.of, -e.k / LN2, marks)) {
                factors.putAll(marks);
            }
        }
    }

    /** Whether {@code line} can be replaced by its multiple; adds what has to be, then. */
    private boolean mark(int line, double factor, Map<Integer, Double> marks) {
        if (isOnce.test(line)) {
            return true;
        }
        if (marks.containsKey(line)) {
            return marks.get(line) == factor;
        }
        if (!(from.get(line) instanceof Instruction.Apply a)) {
            return false;
        }
        marks.put(line, factor);
        return switch (a.op()) {
            case ADD, SUBTRACT ->
                    (scalesCoordinates || !isOnce.test(a.operand(0)) || !isOnce.test(a.operand(1)))
                            && mark(a.operand(0), factor, marks)
                            && mark(a.operand(1), factor, marks);
            case NEGATE -> mark(a.operand(0), factor, marks);
            case MULTIPLY ->
                    a.operand(0) == a.operand(1)
                            ? mark(a.operand(0), Math.sqrt(factor), marks)
                            : onceOf(a) >= 0;
            default -> false;
        };
    }

    /** Which operand of a product is computed once for many pairs; −1 for none. */
    private int onceOf(Instruction.Apply product) {
        return isOnce.test(product.operand(0)) ? 0 : isOnce.test(product.operand(1)) ? 1 : -1;
    }

    private void move(int line) {
        if (!(from.get(line) instanceof Instruction.Apply a)) {
            moved.put(line, to.line(from.get(line)));
            return;
        }
        Double factor = factors.get(line);
        if (factor != null) {
            int multiple = multiple(a, factor);
            scaled.put(line, multiple);
            moved.put(line, to.apply(Op.MULTIPLY, multiple, to.constant(1 / factor)));
            return;
        }
        if (a.op() == Op.EXP) {
            Exponential e = exponential(a);
            if (factors.containsKey(e.of) && factors.get(e.of) == -e.k / LN2) {
                int exponent = to.apply(Op.MULTIPLY, to.constant(-LN2), scaled.get(e.of));
                moved.put(line, to.apply(Op.EXP, exponent));
                return;
            }
        }
        moved.put(line, a.op().isComparison() ? comparison(a) : plain(a));
    }

    private int plain(Instruction.Apply a) {
        return to.line(
                new Instruction.Apply(a.op(), a.operands().stream().map(moved::get).toList()));
    }

    /** With a constant: of the multiple, the bound moved by what rounding may do to it. */
    private int comparison(Instruction.Apply a) {
        for (int k = 0; k < 2; k++) {
            int line = a.operand(k);
            int bound = a.operand(1 - k);
            if (factors.containsKey(line) && isConstant(bound)) {
                boolean includes = a.op() == Op.LESS_EQUAL;
                double slack = includes == (k == 0) ? ROUNDING : -ROUNDING;
                double moved = value(bound) * factors.get(line);
                int to = this.to.constant(moved + slack * Math.abs(moved));
                return k == 0
                        ? this.to.apply(a.op(), scaled.get(line), to)
                        : this.to.apply(a.op(), to, scaled.get(line));
            }
        }
        return plain(a);
    }

    private int multiple(Instruction.Apply a, double factor) {
        return switch (a.op()) {
            case ADD, SUBTRACT -> {
                int left = scaled(a.operand(0), factor);
                int right = scaled(a.operand(1), factor);
                if (isOnce.test(a.operand(0))) {
                    coordinates.add(left);
                }
                if (isOnce.test(a.operand(1))) {
                    coordinates.add(right);
                }
                yield to.apply(a.op(), left, right);
            }
            case NEGATE -> to.apply(a.op(), scaled(a.operand(0), factor));
            case MULTIPLY -> {
                if (a.operand(0) == a.operand(1)) {
                    int root = scaled(a.operand(0), Math.sqrt(factor));
                    yield to.apply(Op.MULTIPLY, root, root);
                }
                int once = onceOf(a);
                yield to.apply(
                        Op.MULTIPLY,
                        scaled(a.operand(once), factor),
                        moved.get(a.operand(1 - once)));
            }
            default -> throw new IllegalStateException(a.op() + ": was not marked");
        };
    }

    private int scaled(int line, double factor) {
        return isOnce.test(line)
                ? to.apply(Op.MULTIPLY, moved.get(line), to.constant(factor))
                : scaled.get(line);
    }
}
