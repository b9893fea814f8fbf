package org.kernfield.kernel;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reverse-mode differentiation of kernels; the result is a kernel again. */
final class Derivatives {
    private Derivatives() {}

    static Kernel vjp(Kernel kernel, Set<String> wrt) {
        var slots = new ArrayList<>(kernel.slots());
        var seeds = new IdentityHashMap<Expr, Expr>();
        var roots = new ArrayList<Expr>();
        for (Output output : kernel.outputs()) {
            var cotangent = new Slot(cotangentName(output.name()), Slot.Role.INPUT, output.width());
            slots.add(cotangent);
            Vec seed = cotangent.read();
            for (int k = 0; k < output.width(); k++) {
                seeds.merge(output.value().get(k), seed.get(k), Expr::plus);
                roots.add(output.value().get(k));
            }
        }
        var gradients = reverse(roots, seeds);
        var outputs = new ArrayList<Output>();
        for (Slot slot : kernel.slots()) {
            if (wrt.contains(slot.name())) {
                outputs.add(new Output(cotangentName(slot.name()), gradient(gradients, slot)));
            }
        }
        wrt.forEach(kernel::slot);
        return KernelBuilder.finish(
                "d(" + kernel.name() + ")", slots, outputs, kernel.support().orElse(null));
    }

    static Kernel jacobian(Kernel kernel, String input) {
        Slot slot = kernel.slot(input);
        var components = new ArrayList<Expr>();
        for (Output output : kernel.outputs()) {
            for (Expr component : output.value()) {
                var seeds = new IdentityHashMap<Expr, Expr>();
                seeds.put(component, Expr.of(1));
                gradient(reverse(List.of(component), seeds), slot).forEach(components::add);
            }
        }
        return KernelBuilder.finish(
                "d(" + kernel.name() + ")/d" + input,
                kernel.slots(),
                List.of(new Output(cotangentName(input), Vec.of(components))),
                kernel.support().orElse(null));
    }

    static String cotangentName(String name) {
        return "d_" + name;
    }

    private static Vec gradient(Map<Slot, Expr[]> gradients, Slot slot) {
        var components = gradients.getOrDefault(slot, new Expr[slot.width()]).clone();
        for (int k = 0; k < components.length; k++) {
            components[k] = components[k] == null ? Expr.of(0) : components[k];
        }
        return Vec.of(components);
    }

    /** Propagates cotangents from the roots to the reads; absent means zero. */
    private static Map<Slot, Expr[]> reverse(List<Expr> roots, Map<Expr, Expr> cotangents) {
        var gradients = new LinkedHashMap<Slot, Expr[]>();
        for (Expr e : Topology.order(roots, Set.of()).reversed()) {
            Expr g = cotangents.get(e);
            if (g == null) {
                continue;
            }
            switch (e) {
                case Expr.Constant c -> {}
                case Expr.Read r -> {
                    var components = gradients.computeIfAbsent(r.slot(), s -> new Expr[s.width()]);
                    Expr before = components[r.component()];
                    components[r.component()] = before == null ? g : before.plus(g);
                }
                case Expr.Profile p -> {
                    Expr slope = p.squaredDistance().radial(p.family().derivative());
                    cotangents.merge(p.squaredDistance(), scaled(g, slope), Expr::plus);
                }
                case Expr.Apply a -> operands(a, g, cotangents);
            }
        }
        return gradients;
    }

    private static void operands(Expr.Apply y, Expr g, Map<Expr, Expr> cotangents) {
        List<Expr> in = y.operands();
        Expr a = in.get(0);
        Expr b = in.size() > 1 ? in.get(1) : null;
        Expr c = in.size() > 2 ? in.get(2) : null;
        switch (y.op()) {
            case ADD -> {
                add(cotangents, a, g);
                add(cotangents, b, g);
            }
            case SUBTRACT -> {
                add(cotangents, a, g);
                add(cotangents, b, g.negate());
            }
            case MULTIPLY -> {
                add(cotangents, a, g.times(b));
                add(cotangents, b, g.times(a));
            }
            case DIVIDE -> {
                Expr reciprocal = Expr.of(1).dividedBy(b);
                add(cotangents, a, scaled(g, reciprocal));
                add(cotangents, b, scaled(g, y.times(reciprocal)).negate());
            }
            case NEGATE -> add(cotangents, a, g.negate());
            case FMA -> {
                add(cotangents, a, g.times(b));
                add(cotangents, b, g.times(a));
                add(cotangents, c, g);
            }
            case ABS -> add(cotangents, a, a.lessThan(Expr.of(0)).select(g.negate(), g));
            case MIN -> {
                add(cotangents, a, a.atMost(b).select(g, 0));
                add(cotangents, b, a.atMost(b).select(Expr.of(0), g));
            }
            case MAX -> {
                add(cotangents, a, b.atMost(a).select(g, 0));
                add(cotangents, b, b.atMost(a).select(Expr.of(0), g));
            }
            case SQRT -> add(cotangents, a, scaled(g, Expr.of(0.5).dividedBy(y)));
            case EXP -> add(cotangents, a, scaled(g, y));
            case LOG -> add(cotangents, a, scaled(g, Expr.of(1).dividedBy(a)));
            case SIN -> add(cotangents, a, g.times(a.cos()));
            case COS -> add(cotangents, a, g.times(a.sin()).negate());
            case TANH -> add(cotangents, a, g.times(Expr.of(1).minus(y.square())));
            case SELECT -> {
                add(cotangents, b, new Condition(a).select(g, 0));
                add(cotangents, c, new Condition(a).select(Expr.of(0), g));
            }
            case FLOOR, LESS, LESS_EQUAL -> {}
        }
    }

    /**
     * {@code g · slope}, kept inside the choice where g is one: a slope may be infinite where its
     * branch is not taken, and must have no influence there.
     */
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

    /** Constants need no cotangent, and creating none keeps derivative programs small. */
    private static void add(Map<Expr, Expr> cotangents, Expr operand, Expr g) {
        if (!(operand instanceof Expr.Constant)) {
            cotangents.merge(operand, g, Expr::plus);
        }
    }
}
