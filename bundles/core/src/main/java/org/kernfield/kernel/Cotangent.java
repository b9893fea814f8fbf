package org.kernfield.kernel;

/**
 * What reaches an expression from the results.
 *
 * @param guard where it may differ from zero, null where everywhere
 * @param isOpen whether the value counts inside the guard only, so that it must be closed by it yet
 */
record Cotangent(Expr value, Guard guard, boolean isOpen) {
    /** Another value with the same guard. */
    Cotangent with(Expr other) {
        return new Cotangent(other, guard, isOpen);
    }

    Cotangent negate() {
        return with(value.negate());
    }

    Cotangent times(Expr slope) {
        return with(value.times(slope));
    }

    /** {@code value · slope}, written inside the choice where the value is one. */
    Cotangent scaled(Expr slope) {
        if (value instanceof Expr.Apply choice && choice.op() == Op.SELECT) {
            Expr then = choice.operands().get(1);
            Expr otherwise = choice.operands().get(2);
            var condition = new Condition(choice.operands().get(0));
            if (Simplify.is(otherwise, 0)) {
                return with(condition.select(then.times(slope), 0));
            }
            if (Simplify.is(then, 0)) {
                return with(condition.select(Expr.of(0), otherwise.times(slope)));
            }
        }
        return times(slope);
    }

    /** The same inside the guard; elsewhere the value may be anything. */
    Cotangent opened() {
        return guard == null ? this : new Cotangent(guard.opened(value), guard, true);
    }

    /** The same, 0 outside the guard. */
    Cotangent closed() {
        return isOpen ? new Cotangent(guard.apply(value), guard, false) : this;
    }

    /** What reaches one branch of a choice. */
    Cotangent branch(Guards guards, Expr condition, boolean holds) {
        var choice = new Condition(condition);
        Expr zero = Expr.of(0);
        Expr chosen = holds ? choice.select(value, zero) : choice.select(zero, value);
        return new Cotangent(
                isOpen ? value : chosen, guards.branch(guard, condition, holds), isOpen);
    }

    Cotangent plus(Guards guards, Cotangent other) {
        if (guard == other.guard) {
            return new Cotangent(value.plus(other.value), guard, isOpen || other.isOpen);
        }
        Expr sum = closed().value.plus(other.closed().value);
        return new Cotangent(sum, guards.either(guard, other.guard), false);
    }
}
