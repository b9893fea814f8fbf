package org.kernfield.kernel;

import java.util.Arrays;
import java.util.List;

/**
 * Builds an operation, folding constants and the identities that hold for every finite operand.
 * Products with 0 are kept unless both sides are constant: 0·∞ must stay NaN. Derivatives avoid
 * them by never creating a zero cotangent.
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
        Expr identity =
                switch (op) {
                    case ADD -> is(a, 0) ? b : is(b, 0) ? a : null;
                    case SUBTRACT -> is(b, 0) ? a : is(a, 0) ? b.negate() : null;
                    case MULTIPLY ->
                            is(a, 1)
                                    ? b
                                    : is(b, 1)
                                            ? a
                                            : is(a, -1)
                                                    ? b.negate()
                                                    : is(b, -1) ? a.negate() : null;
                    case DIVIDE -> is(b, 1) ? a : null;
                    case NEGATE ->
                            a instanceof Expr.Apply inner && inner.op() == Op.NEGATE
                                    ? inner.operands().getFirst()
                                    : null;
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
        return identity != null ? identity : new Expr.Apply(op, List.of(operands));
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
