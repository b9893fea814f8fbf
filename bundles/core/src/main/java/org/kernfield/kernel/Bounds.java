package org.kernfield.kernel;

import java.util.List;

/** Numbers between which a formula lies, ±∞ where nothing is known. */
record Bounds(double low, double high) {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final Bounds ANY = new Bounds(-INFINITY, INFINITY);
    private static final Bounds NOT_NEGATIVE = new Bounds(0, INFINITY);

    /**
     * The bounds of an expression.
     *
     * @param operands those of its operands
     */
    static Bounds of(Expr e, List<Bounds> operands) {
        return switch (e) {
            case Expr.Constant c -> new Bounds(c.value(), c.value());
            case Expr.Contract c when c.kind() == Contraction.SQDIST -> NOT_NEGATIVE;
            case Expr.Apply a when isSquare(a) -> operands.getFirst().magnitude().square();
            case Expr.Apply a -> of(a.op(), operands);
            default -> ANY;
        };
    }

    private static boolean isSquare(Expr.Apply a) {
        return a.op() == Op.MULTIPLY && a.operands().get(0) == a.operands().get(1);
    }

    private static Bounds of(Op op, List<Bounds> operands) {
        Bounds x = operands.get(0);
        Bounds y = operands.size() > 1 ? operands.get(1) : x;
        Bounds z = operands.size() > 2 ? operands.get(2) : x;
        return switch (op) {
            case ADD -> x.plus(y);
            case SUBTRACT -> x.plus(y.negated());
            case MULTIPLY -> x.times(y);
            case DIVIDE -> y.low > 0 || y.high < 0 ? x.times(y.reciprocal()) : ANY;
            case NEGATE -> x.negated();
            case FMA -> x.times(y).plus(z);
            case ABS -> x.magnitude();
            case MIN -> new Bounds(Math.min(x.low, y.low), Math.min(x.high, y.high));
            case MAX -> new Bounds(Math.max(x.low, y.low), Math.max(x.high, y.high));
            case SELECT -> new Bounds(Math.min(y.low, z.low), Math.max(y.high, z.high));
            case SQRT -> new Bounds(0, Math.sqrt(Math.max(x.high, 0)));
            case EXP -> new Bounds(0, Math.exp(x.high));
            case POW -> x.low >= 0 ? NOT_NEGATIVE : ANY;
            case SIN, COS, TANH, ERF -> new Bounds(-1, 1);
            case SIGMOID, RANDOM -> new Bounds(0, 1);
            case SOFTPLUS -> NOT_NEGATIVE;
            default -> ANY;
        };
    }

    private Bounds negated() {
        return new Bounds(-high, -low);
    }

    private Bounds magnitude() {
        return low >= 0 ? this : new Bounds(Math.max(0, -high), Math.max(-low, high));
    }

    private Bounds square() {
        return new Bounds(low * low, high * high);
    }

    private Bounds plus(Bounds other) {
        return new Bounds(low + other.low, high + other.high);
    }

    private Bounds reciprocal() {
        return new Bounds(1 / high, 1 / low);
    }

    private Bounds times(Bounds other) {
        double a = product(low, other.low);
        double b = product(low, other.high);
        double c = product(high, other.low);
        double d = product(high, other.high);
        return new Bounds(
                Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
    }

    /** 0 · ∞ is 0: an unknown bound stands for numbers. */
    private static double product(double x, double y) {
        return x == 0 || y == 0 ? 0 : x * y;
    }
}
