package org.kernfield.kernel;

/** The outcome of a comparison; its only use is to choose between two values. */
public final class Condition {
    private final Expr node;

    Condition(Expr node) {
        this.node = node;
    }

    /** {@code this ? then : otherwise}; also how a truncation is written. */
    public Expr select(Expr then, Expr otherwise) {
        return Simplify.apply(Op.SELECT, node, then, otherwise);
    }

    /** {@code this ? then : otherwise} with a constant alternative. */
    public Expr select(Expr then, double otherwise) {
        return select(then, Expr.of(otherwise));
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
