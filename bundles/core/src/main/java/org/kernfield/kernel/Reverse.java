package org.kernfield.kernel;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Propagates cotangents from the results of formulas to what they read; absent means zero. */
final class Reverse {
    private final Map<Expr, Expr> cotangents;
    private final Set<Slot> wanted;
    private final Map<Expr, Guard> guards = new IdentityHashMap<>();
    private final Map<Expr, Boolean> singular = new IdentityHashMap<>();

    /**
     * A choice on which a cotangent depends: where it falls the other way the cotangent is zero and
     * must stay so, although what it is multiplied with may be infinite there.
     */
    private record Guard(Expr condition, boolean holds, Guard outer) {
        Expr apply(Expr value) {
            Expr zero = Expr.of(0);
            Expr inner = outer == null ? value : outer.apply(value);
            Condition choice = new Condition(condition);
            return holds ? choice.select(inner, zero) : choice.select(zero, inner);
        }

        /** Whether an expression is written as this choice already. */
        boolean isApplied(Expr value) {
            return outer == null
                    && value instanceof Expr.Apply choice
                    && choice.op() == Op.SELECT
                    && choice.operands().get(0) == condition
                    && Simplify.is(choice.operands().get(holds ? 2 : 1), 0);
        }
    }

    /**
     * @param seeds cotangents of the results
     * @param wanted the slots whose gradient is asked for
     */
    Reverse(Map<Expr, Expr> seeds, Set<Slot> wanted) {
        this.cotangents = seeds;
        this.wanted = wanted;
    }

    Map<Slot, Expr[]> from(List<Expr> roots) {
        var gradients = new LinkedHashMap<Slot, Expr[]>();
        for (Expr e : Topology.order(roots, Set.of()).reversed()) {
            Expr g = cotangents.get(e);
            if (g == null) {
                continue;
            }
            switch (e) {
                case Expr.Constant c -> {}
                case Expr.Read r -> add(gradients, r.slot(), r.component(), g);
                case Expr.Contract c -> contraction(gradients, c, g);
                case Expr.Profile p -> {
                    Expr slope = p.squaredDistance().radial(p.family().derivative());
                    add(p.squaredDistance(), g, scaled(g, slope), slope);
                }
                case Expr.Apply a -> operands(a, g);
            }
        }
        return gradients;
    }

    private void add(Map<Slot, Expr[]> gradients, Slot slot, int component, Expr g) {
        if (wanted.contains(slot)) {
            var components = gradients.computeIfAbsent(slot, s -> new Expr[s.width()]);
            Expr before = components[component];
            components[component] = before == null ? g : before.plus(g);
        }
    }

    private void contraction(Map<Slot, Expr[]> gradients, Expr.Contract c, Expr g) {
        Vec x = c.left().read();
        Vec y = c.right().read();
        Vec scale = c.scale().map(Slot::read).orElse(null);
        Expr twice = g.times(2);
        for (int k = 0; k < x.size(); k++) {
            Expr s = scale == null ? null : scale.get(k);
            switch (c.kind()) {
                case DOT -> {
                    Expr weight = s == null ? g : g.times(s.square());
                    add(gradients, c.left(), k, weight.times(y.get(k)));
                    add(gradients, c.right(), k, weight.times(x.get(k)));
                    if (s != null) {
                        Expr product = x.get(k).times(y.get(k));
                        add(gradients, c.scale().get(), k, twice.times(s).times(product));
                    }
                }
                case SQDIST -> {
                    Expr d = x.get(k).minus(y.get(k));
                    Expr slope = (s == null ? twice : twice.times(s.square())).times(d);
                    add(gradients, c.left(), k, slope);
                    add(gradients, c.right(), k, slope.negate());
                    if (s != null) {
                        add(gradients, c.scale().get(), k, twice.times(s).times(d.square()));
                    }
                }
            }
        }
    }

    private void operands(Expr.Apply y, Expr g) {
        List<Expr> in = y.operands();
        Expr a = in.get(0);
        Expr b = in.size() > 1 ? in.get(1) : null;
        Expr c = in.size() > 2 ? in.get(2) : null;
        switch (y.op()) {
            case ADD -> {
                add(a, g, g, null);
                add(b, g, g, null);
            }
            case SUBTRACT -> {
                add(a, g, g, null);
                add(b, g, g.negate(), null);
            }
            case MULTIPLY -> {
                add(a, g, g.times(b), b);
                add(b, g, g.times(a), a);
            }
            case DIVIDE -> {
                Expr reciprocal = Expr.of(1).dividedBy(b);
                add(a, g, scaled(g, reciprocal), reciprocal);
                add(b, g, scaled(g, y.times(reciprocal)).negate(), y);
            }
            case NEGATE -> add(a, g, g.negate(), null);
            case FMA -> {
                add(a, g, g.times(b), b);
                add(b, g, g.times(a), a);
                add(c, g, g, null);
            }
            case ABS -> add(a, g, a.lessThan(Expr.of(0)).select(g.negate(), g), null);
            case MIN -> {
                add(a, g, a.atMost(b).select(g, 0), null);
                add(b, g, a.atMost(b).select(Expr.of(0), g), null);
            }
            case MAX -> {
                add(a, g, b.atMost(a).select(g, 0), null);
                add(b, g, b.atMost(a).select(Expr.of(0), g), null);
            }
            case SQRT -> add(a, g, scaled(g, Expr.of(0.5).dividedBy(y)), y);
            case EXP -> add(a, g, scaled(g, y), y);
            case LOG -> add(a, g, scaled(g, Expr.of(1).dividedBy(a)), y);
            case SIN -> add(a, g, g.times(a.cos()), a);
            case COS -> add(a, g, g.times(a.sin()).negate(), a);
            case TANH -> add(a, g, g.times(Expr.of(1).minus(y.square())), a);
            case SELECT -> {
                choose(a, true, b, g);
                choose(a, false, c, g);
            }
            case EXPM1 -> {
                Expr slope = y.plus(1);
                add(a, g, scaled(g, slope), slope);
            }
            case LOG1P -> add(a, g, scaled(g, Expr.of(1).dividedBy(a.plus(1))), y);
            case POW -> {
                add(a, g, scaled(g, b.times(a.pow(b.minus(1)))), y);
                // where the base is 0 the power does not depend on a positive exponent
                Expr byExponent = a.abs().atMost(Expr.of(0)).select(Expr.of(0), y.times(a.log()));
                add(b, g, scaled(g, byExponent), y);
            }
            case ACOS -> {
                Expr sine = Expr.of(1).minus(a).times(a.plus(1)).sqrt();
                add(a, g, scaled(g, Expr.of(-1).dividedBy(sine)), y);
            }
            case ATAN2 -> {
                Expr square = a.square().plus(b.square());
                add(a, g, scaled(g, b.dividedBy(square)), y);
                add(b, g, scaled(g, a.dividedBy(square)).negate(), y);
            }
            case ERF -> {
                Expr slope = a.square().negate().exp().times(2 / Math.sqrt(Math.PI));
                add(a, g, scaled(g, slope), a);
            }
            case LGAMMA -> add(a, g, scaled(g, a.digamma()), y);
            case DIGAMMA ->
                    throw new KernelException(
                            y
                                    + ": its derivative, the trigamma function, is not in the"
                                    + " language; differentiate by other slots only");
            case SIGMOID -> add(a, g, g.times(y.times(Expr.of(1).minus(y))), a);
            case SOFTPLUS -> add(a, g, g.times(a.sigmoid()), a);
            case LOG_BESSEL_I -> {
                add(a, g, scaled(g, Simplify.apply(Op.LOG_BESSEL_I_BY_ORDER, a, b)), y);
                add(b, g, scaled(g, Simplify.apply(Op.LOG_BESSEL_I_BY_X, a, b)), y);
            }
            case LOG_BESSEL_K -> {
                add(a, g, scaled(g, Simplify.apply(Op.LOG_BESSEL_K_BY_ORDER, a, b)), y);
                add(b, g, scaled(g, Simplify.apply(Op.LOG_BESSEL_K_BY_X, a, b)), y);
            }
            case LOG_BESSEL_I_BY_X, LOG_BESSEL_K_BY_X -> {
                refuse(y, a);
                // f″ = (1 + ν²/x²) f − f′/x, of the logarithm's slope f′/f
                Expr order = a.dividedBy(b).square();
                Expr slope = order.plus(1).minus(y.dividedBy(b)).minus(y.square());
                add(b, g, scaled(g, slope), y);
            }
            case LOG_BESSEL_I_BY_ORDER, LOG_BESSEL_K_BY_ORDER -> {
                refuse(y, a);
                refuse(y, b);
            }
            case FLOOR, LESS, LESS_EQUAL, RANDOM -> {}
        }
    }

    private void refuse(Expr y, Expr operand) {
        boolean isWanted =
                Topology.order(List.of(operand), Set.of()).stream()
                        .anyMatch(e -> e instanceof Expr.Read r && wanted.contains(r.slot()));
        if (isWanted) {
            throw new KernelException(
                    y
                            + ": its derivative by "
                            + operand
                            + " is not in the language;"
                            + " differentiate by other slots only");
        }
    }

    private void choose(Expr condition, boolean holds, Expr branch, Expr g) {
        var choice = new Condition(condition);
        Expr chosen = holds ? choice.select(g, 0) : choice.select(Expr.of(0), g);
        if (chosen != g && chosen instanceof Expr.Apply) {
            guards.put(chosen, new Guard(condition, holds, guards.get(g)));
        }
        add(branch, chosen, chosen, null);
    }

    /** {@code g · slope}, written inside the choice where g is one. */
    private static Expr scaled(Expr g, Expr slope) {
        if (g instanceof Expr.Apply choice && choice.op() == Op.SELECT) {
            Expr then = choice.operands().get(1);
            Expr otherwise = choice.operands().get(2);
            var condition = new Condition(choice.operands().get(0));
            if (Simplify.is(otherwise, 0)) {
                return condition.select(then.times(slope), 0);
            }
            if (Simplify.is(then, 0)) {
                return condition.select(Expr.of(0), otherwise.times(slope));
            }
        }
        return g.times(slope);
    }

    /**
     * Adds to an operand's cotangent what reaches it. Constants need none, and creating none keeps
     * derivative programs small.
     *
     * @param from the cotangent it comes from
     * @param value {@code from} times a local derivative
     * @param factor what the local derivative is made of, null if it is ±1
     */
    private void add(Expr operand, Expr from, Expr value, Expr factor) {
        if (operand instanceof Expr.Constant) {
            return;
        }
        Guard guard = guards.get(from);
        boolean regate =
                guard != null && factor != null && !guard.isApplied(value) && isSingular(factor);
        Expr contribution = regate ? guard.apply(value) : value;
        Expr before = cotangents.get(operand);
        Guard others = before == null ? guard : guards.get(before);
        Expr sum = before == null ? contribution : before.plus(contribution);
        cotangents.put(operand, sum);
        if (guard != null && guard.equals(others)) {
            guards.put(sum, guard);
        }
    }

    /** Whether a formula may be infinite or NaN for finite numbers. */
    private boolean isSingular(Expr root) {
        for (Expr e : Topology.order(List.of(root), singular.keySet())) {
            boolean is =
                    switch (e) {
                        case Expr.Profile p -> singular.get(p.squaredDistance());
                        case Expr.Apply a -> isSingular(a);
                        default -> false;
                    };
            singular.put(e, is);
        }
        return singular.get(root);
    }

    private boolean isSingular(Expr.Apply a) {
        boolean itself =
                switch (a.op()) {
                    // an overflowing exp is dealt with at the exp itself, see scaled
                    case SQRT, LOG, LOG1P, POW, ACOS, ATAN2, LGAMMA, DIGAMMA -> true;
                    case LOG_BESSEL_I, LOG_BESSEL_I_BY_X, LOG_BESSEL_I_BY_ORDER -> true;
                    case LOG_BESSEL_K, LOG_BESSEL_K_BY_X, LOG_BESSEL_K_BY_ORDER -> true;
                    case DIVIDE -> !(a.operands().get(1) instanceof Expr.Constant);
                    default -> false;
                };
        return itself || a.operands().stream().anyMatch(singular::get);
    }
}
