package org.kernfield.kernel;

/**
 * A formula whose slope is better known as a whole than operation by operation: powers at 0, and
 * slopes themselves, which lose no digits where they are small.
 *
 * @param operand what it is a function of
 * @param slope its derivative by the operand
 * @param isFinite whether value and slope are finite for every finite operand
 */
record Compound(Expr operand, Expr slope, boolean isFinite) {
    /** How deep the product of a power is looked into. */
    private static final int DEPTH = 8;

    /** 1/cosh²(a) = (2/(eᵃ + 1/eᵃ))², the slope of tanh. */
    static Expr sechSquared(Expr a) {
        Expr e = a.exp();
        return Expr.of(2).dividedBy(e.plus(Expr.of(1).dividedBy(e))).square();
    }

    /** σ(a) σ(−a) = σ(a)/(1 + eᵃ), the slope of the sigmoid. */
    static Expr logistic(Expr sigmoid, Expr a) {
        return sigmoid.dividedBy(a.exp().plus(1));
    }

    /** What {@code formula} is, null for most. */
    static Compound of(Expr.Apply formula) {
        return switch (formula.op()) {
            case MULTIPLY -> ofProduct(formula);
            case DIVIDE -> ofQuotient(formula);
            default -> null;
        };
    }

    private static Compound ofProduct(Expr.Apply product) {
        Expr a = product.operands().get(0);
        Expr b = product.operands().get(1);
        if (a == b) {
            return ofSquare(product, a);
        }
        Compound power = ofPower(a, b);
        return power == null ? ofPower(b, a) : power;
    }

    /** xᵏ·√x: both terms of the product rule have a factor √x, but only one shows it. */
    private static Compound ofPower(Expr power, Expr root) {
        Expr x = operand(Op.SQRT, root, 0);
        int k = x == null ? 0 : degree(power, x, DEPTH);
        return k == 0 ? null : new Compound(x, x.pow(k - 0.5).times(k + 0.5), false);
    }

    /** k if {@code e} is xᵏ, 0 if it is not seen to be one. */
    private static int degree(Expr e, Expr x, int depth) {
        if (e == x) {
            return 1;
        }
        Expr a = operand(Op.MULTIPLY, e, 0);
        if (a == null || depth == 0) {
            return 0;
        }
        Expr b = operand(Op.MULTIPLY, e, 1);
        int first = degree(a, x, depth - 1);
        int second = a == b || first == 0 ? first : degree(b, x, depth - 1);
        return second == 0 ? 0 : first + second;
    }

    /** (1/cosh²)′ = −2 tanh/cosh². */
    private static Compound ofSquare(Expr.Apply square, Expr sech) {
        Expr sum = operand(Op.DIVIDE, sech, 1);
        Expr e = operand(Op.ADD, sum, 0);
        Expr x = operand(Op.EXP, e, 0);
        Expr reciprocal = operand(Op.ADD, sum, 1);
        boolean isSech =
                x != null
                        && Simplify.is(operand(Op.DIVIDE, sech, 0), 2)
                        && Simplify.is(operand(Op.DIVIDE, reciprocal, 0), 1)
                        && operand(Op.DIVIDE, reciprocal, 1) == e;
        return isSech ? new Compound(x, square.times(x.tanh()).times(-2), true) : null;
    }

    /** With λ = σ(x)/(1 + eˣ), λ′ = λ (1 − 2σ). */
    private static Compound ofQuotient(Expr.Apply quotient) {
        Expr sigmoid = quotient.operands().get(0);
        Expr below = quotient.operands().get(1);
        Expr x = operand(Op.SIGMOID, sigmoid, 0);
        boolean isLogistic =
                x != null
                        && operand(Op.EXP, operand(Op.ADD, below, 0), 0) == x
                        && Simplify.is(operand(Op.ADD, below, 1), 1);
        return isLogistic
                ? new Compound(x, quotient.times(Expr.of(1).minus(sigmoid.times(2))), true)
                : null;
    }

    /** An operand of {@code e} if that is an {@code op}, else null. */
    private static Expr operand(Op op, Expr e, int k) {
        return e instanceof Expr.Apply a && a.op() == op ? a.operands().get(k) : null;
    }
}
