package org.kernfield.kernel;

import java.util.Set;

/**
 * Where a cotangent may differ from zero: where one of some choices fell as stated. Elsewhere it is
 * zero and must stay so, although what it is multiplied with may be infinite there.
 */
final class Guard {
    private static final Expr ZERO = Expr.of(0);
    private static final Expr ONE = Expr.of(1);

    /** Guards of more are written as a number first, so that programs grow by little. */
    private static final int FEW = 2;

    /**
     * A condition that fell one way.
     *
     * @param outer the guard of the choice itself, null where it is always made
     */
    record Choice(Expr condition, boolean holds, Guard outer) {
        Choice opposite() {
            return new Choice(condition, !holds, outer);
        }

        private Expr select(Expr then, Expr otherwise) {
            var choice = new Condition(condition);
            return holds ? choice.select(then, otherwise) : choice.select(otherwise, then);
        }
    }

    private final Set<Choice> choices;

    /** How many it takes to write it out, counted up to one more than are written. */
    private final int selects;

    /** 1 inside and 0 outside. */
    private final Expr indicator;

    private final Choice asOne;

    /** See {@link Guards}, which makes equal ones one object. */
    Guard(Set<Choice> choices) {
        this.choices = choices;
        int count = 0;
        Expr inside = ZERO;
        for (Choice choice : choices) {
            Guard outer = choice.outer();
            count += outer == null ? 1 : 1 + outer.selects;
            Expr made = outer == null ? ONE : outer.indicator;
            // a choice may fall as stated where it is not made, and another hold there
            boolean isOnly = outer == null || inside == ZERO;
            inside = choice.select(isOnly ? made : made.max(inside), inside);
        }
        this.selects = Math.min(count, FEW + 1);
        this.indicator = inside;
        this.asOne = new Choice(Simplify.apply(Op.LESS, ZERO, inside), true, null);
    }

    Set<Choice> choices() {
        return choices;
    }

    /** The same as one choice. */
    Choice asOne() {
        return asOne;
    }

    /** {@code value} inside, 0 elsewhere. */
    Expr apply(Expr value) {
        return selects <= FEW ? written(value, ZERO) : asOne.select(value, ZERO);
    }

    private Expr written(Expr value, Expr otherwise) {
        Expr all = otherwise;
        for (Choice choice : choices) {
            Guard outer = choice.outer();
            all = choice.select(outer == null ? value : outer.written(value, all), all);
        }
        return all;
    }

    /** What {@code value} is made of inside, as far as it is written as these choices. */
    Expr opened(Expr value) {
        Expr inner = value;
        for (Guard guard = this; guard != null && guard.choices.size() == 1; ) {
            Choice only = guard.choices.iterator().next();
            boolean isWritten =
                    inner instanceof Expr.Apply choice
                            && choice.op() == Op.SELECT
                            && choice.operands().get(0) == only.condition()
                            && Simplify.is(choice.operands().get(only.holds() ? 2 : 1), 0);
            if (!isWritten) {
                return inner;
            }
            inner = ((Expr.Apply) inner).operands().get(only.holds() ? 1 : 2);
            guard = only.outer();
        }
        return inner;
    }
}
