package org.kernfield.kernel;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Propagates cotangents from the results of formulas to what they read; absent means zero. */
final class Reverse {
    private final Map<Expr, Cotangent> cotangents = new IdentityHashMap<>();
    private final Set<Slot> wanted;
    private final Guards guards = new Guards();
    private List<Expr> formula = List.of();
    private Singularities singularities;

    /**
     * @param seeds cotangents of the results
     * @param wanted the slots whose gradient is asked for
     */
    Reverse(Map<Expr, Expr> seeds, Set<Slot> wanted) {
        seeds.forEach((e, seed) -> cotangents.put(e, new Cotangent(seed, null, false)));
        this.wanted = wanted;
    }

    Map<Slot, Expr[]> from(List<Expr> roots) {
        var gradients = new LinkedHashMap<Slot, Expr[]>();
        formula = Topology.order(roots, Set.of());
        for (Expr e : formula.reversed()) {
            Cotangent reached = cotangents.get(e);
            if (reached == null) {
                continue;
            }
            // where nothing singular follows, zeros stay zeros
            Cotangent g = isAtRisk(reached, e) ? reached : reached.closed();
            switch (e) {
                case Expr.Constant c -> {}
                case Expr.Read r -> add(gradients, r.slot(), r.component(), g.value());
                case Expr.Contract c -> contraction(gradients, c, g.value());
                case Expr.Profile p -> {
                    Expr slope = p.squaredDistance().radial(p.family().derivative());
                    add(p.squaredDistance(), scaled(g, slope, slope));
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

    private void operands(Expr.Apply y, Cotangent g) {
        Compound compound = Compound.of(y);
        if (compound != null) {
            Expr factor = compound.isFinite() ? compound.operand() : compound.slope();
            add(compound.operand(), scaled(g, compound.slope(), factor));
            return;
        }
        List<Expr> in = y.operands();
        Expr a = in.get(0);
        Expr b = in.size() > 1 ? in.get(1) : null;
        Expr c = in.size() > 2 ? in.get(2) : null;
        switch (y.op()) {
            case ADD -> {
                add(a, g);
                add(b, g);
            }
            case SUBTRACT -> {
                add(a, g);
                add(b, g.negate());
            }
            case MULTIPLY -> {
                add(a, times(g, b, b));
                add(b, times(g, a, a));
            }
            case DIVIDE -> {
                Expr reciprocal = Expr.of(1).dividedBy(b);
                add(a, scaled(g, reciprocal, reciprocal));
                add(b, scaled(g, y.times(reciprocal), y).negate());
            }
            case NEGATE -> add(a, g.negate());
            case FMA -> {
                add(a, times(g, b, b));
                add(b, times(g, a, a));
                add(c, g);
            }
            case ABS -> {
                Expr value = g.value();
                add(a, g.with(a.lessThan(Expr.of(0)).select(value.negate(), value)));
            }
            case MIN -> choose(Simplify.apply(Op.LESS_EQUAL, a, b), a, b, g);
            case MAX -> choose(Simplify.apply(Op.LESS_EQUAL, b, a), a, b, g);
            case SQRT -> add(a, scaled(g, Expr.of(0.5).dividedBy(y), y));
            case EXP -> add(a, scaled(g, y, y));
            case LOG -> add(a, scaled(g, Expr.of(1).dividedBy(a), y));
            case SIN -> add(a, times(g, a.cos(), a));
            case COS -> add(a, times(g, a.sin(), a).negate());
            case TANH -> add(a, times(g, Compound.sechSquared(a), a));
            case SELECT -> choose(a, b, c, g);
            case EXPM1 -> add(a, scaled(g, a.exp(), y));
            case LOG1P -> add(a, scaled(g, Expr.of(1).dividedBy(a.plus(1)), y));
            case POW -> power(y, a, b, g);
            case ACOS -> {
                Expr sine = Expr.of(1).minus(a).times(a.plus(1)).sqrt();
                add(a, scaled(g, Expr.of(-1).dividedBy(sine), y));
            }
            case ATAN2 -> {
                Expr square = a.square().plus(b.square());
                add(a, scaled(g, b.dividedBy(square), y));
                add(b, scaled(g, a.dividedBy(square), y).negate());
            }
            case ERF -> {
                Expr slope = a.square().negate().exp().times(2 / Math.sqrt(Math.PI));
                add(a, scaled(g, slope, a));
            }
            case LGAMMA -> add(a, scaled(g, a.digamma(), y));
            case DIGAMMA ->
                    throw new KernelException(
                            y
                                    + ": its derivative, the trigamma function, is not in the"
                                    + " language; differentiate by other slots only");
            case SIGMOID -> add(a, times(g, Compound.logistic(y, a), a));
            case SOFTPLUS -> add(a, times(g, a.sigmoid(), a));
            case LOG_BESSEL_I -> {
                add(a, scaled(g, Simplify.apply(Op.LOG_BESSEL_I_BY_ORDER, a, b), y));
                add(b, scaled(g, Simplify.apply(Op.LOG_BESSEL_I_BY_X, a, b), y));
            }
            case LOG_BESSEL_K -> {
                add(a, scaled(g, Simplify.apply(Op.LOG_BESSEL_K_BY_ORDER, a, b), y));
                add(b, scaled(g, Simplify.apply(Op.LOG_BESSEL_K_BY_X, a, b), y));
            }
            case LOG_BESSEL_I_BY_X, LOG_BESSEL_K_BY_X -> {
                refuse(y, a);
                // f″ = (1 + ν²/x²) f − f′/x, of the logarithm's slope f′/f
                Expr order = a.dividedBy(b).square();
                Expr slope = order.plus(1).minus(y.dividedBy(b)).minus(y.square());
                add(b, scaled(g, slope, y));
            }
            case LOG_BESSEL_I_BY_ORDER, LOG_BESSEL_K_BY_ORDER -> {
                refuse(y, a);
                refuse(y, b);
            }
            case FLOOR, LESS, LESS_EQUAL, RANDOM -> {}
        }
    }

    private void power(Expr y, Expr a, Expr b, Cotangent g) {
        Expr zero = Expr.of(0);
        // a⁰ is 1 everywhere, where a is 0 too
        Expr byBase = b.abs().atMost(zero).select(zero, b.times(a.pow(b.minus(1))));
        add(a, scaled(g, byBase, y));
        // where the base is 0 the power does not depend on a positive exponent
        Expr byExponent = a.abs().atMost(zero).select(zero, y.times(a.log()));
        add(b, scaled(g, byExponent, y));
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

    private void choose(Expr condition, Expr then, Expr otherwise, Cotangent g) {
        Expr first = guards.first(condition);
        add(then, g.branch(guards, first, true));
        add(otherwise, g.branch(guards, first, false));
    }

    /**
     * {@code g · slope}.
     *
     * @param factor what the slope is made of
     */
    private Cotangent times(Cotangent g, Expr slope, Expr factor) {
        return isAtRisk(g, factor) ? g.opened().times(slope) : g.times(slope);
    }

    /** As {@link #times}, written inside the choice where g is one. */
    private Cotangent scaled(Cotangent g, Expr slope, Expr factor) {
        return isAtRisk(g, factor) ? g.opened().times(slope) : g.scaled(slope);
    }

    /** Whether what is 0 by a choice may meet an infinite number. */
    private boolean isAtRisk(Cotangent g, Expr factor) {
        if (g.guard() != null && singularities == null) {
            singularities = new Singularities(formula);
        }
        return g.guard() != null && singularities.contain(factor);
    }

    /**
     * Adds to an operand's cotangent what reaches it. Constants need none, and creating none keeps
     * derivative programs small.
     */
    private void add(Expr operand, Cotangent part) {
        if (!(operand instanceof Expr.Constant)) {
            cotangents.merge(operand, part, (before, more) -> before.plus(guards, more));
        }
    }
}
