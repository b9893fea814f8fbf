package org.kernfield.kernel;

import java.util.Arrays;
import java.util.List;

/**
 * Builds an operation, folding constants and the identities that hold for every finite operand.
 * Products with 0 are kept unless both sides are constant: 0·∞ must stay NaN. Derivatives avoid
 * them by never creating a zero cotangent. Every rewriting gives the same bits.
 */
final class Simplify {
    private Simplify() {}

    static Expr apply(Op op, Expr... operands) {
        if (constant(operands)) {
            return Expr.of(
                    op.apply(
                            Arrays.stream(operands)
                                    .mapToDouble(e -> ((Expr.Constant) e).value())
                                    .toArray()));
        }
        Expr a = operands[0];
        Expr b = operands.length > 1 ? operands[1] : null;
        Expr identity = identity(op, operands, a, b);
        if (identity == null) {
            identity = sign(op, a, b);
        }
        return identity != null ? identity : new Expr.Apply(op, List.of(operands));
    }

    private static Expr identity(Op op, Expr[] operands, Expr a, Expr b) {
        return switch (op) {
            case ADD -> is(a, 0) ? b : is(b, 0) ? a : null;
            case SUBTRACT -> is(b, 0) ? a : is(a, 0) ? b.negate() : null;
            case MULTIPLY -> is(a, 1) ? b : is(b, 1) ? a : null;
            case DIVIDE -> is(b, 1) ? a : null;
            case NEGATE -> negated(a);
            case FMA ->
                    is(operands[2], 0)
                            ? a.times(b)
                            : is(a, 1)
                                    ? b.plus(operands[2])
                                    : is(b, 1) ? a.plus(operands[2]) : null;
            case SELECT ->
                    a instanceof Expr.Constant c
                            ? c.value() != 0 ? b : operands[2]
                            : b == operands[2] ? b : null;
            default -> null;
        };
    }

    /** A minus moved to where it costs nothing; every rule is exact. */
    private static Expr sign(Op op, Expr a, Expr b) {
        return switch (op) {
            case ADD ->
                    negated(b) != null
                            ? a.minus(negated(b))
                            : negated(a) != null ? b.minus(negated(a)) : null;
            case SUBTRACT -> negated(b) != null ? a.plus(negated(b)) : null;
            case MULTIPLY -> {
                if (is(a, -1) || is(b, -1)) {
                    yield is(a, -1) ? b.negate() : a.negate();
                }
                if (negated(a) != null && (negated(b) != null || b instanceof Expr.Constant)) {
                    yield negated(a).times(b.negate());
                }
                yield negated(b) != null && a instanceof Expr.Constant
                        ? a.negate().times(negated(b))
                        : null;
            }
            case DIVIDE ->
                    negated(a) != null && (negated(b) != null || b instanceof Expr.Constant)
                            ? negated(a).dividedBy(b.negate())
                            : null;
            case NEGATE ->
                    a instanceof Expr.Apply p
                                    && p.op() == Op.MULTIPLY
                                    && p.operands().get(1) instanceof Expr.Constant c
                            ? p.operands().get(0).times(-c.value())
                            : null;
            default -> null;
        };
    }

    /** What {@code e} is the negative of, or null. */
    private static Expr negated(Expr e) {
        return e instanceof Expr.Apply a && a.op() == Op.NEGATE ? a.operands().getFirst() : null;
    }

    static boolean is(Expr e, double value) {
        return e instanceof Expr.Constant c && c.value() == value;
    }

    private static boolean constant(Expr[] operands) {
        for (Expr e : operands) {
            if (!(e instanceof Expr.Constant)) {
                return false;
            }
        }
        return true;
    }
}
