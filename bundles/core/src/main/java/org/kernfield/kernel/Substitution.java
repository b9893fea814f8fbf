package org.kernfield.kernel;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Replaces reads of slots by expressions, keeping shared sub-expressions shared. */
final class Substitution implements UnaryOperator<Expr> {
    private final Map<String, Vec> bindings;
    private final Map<Expr, Expr> done = new IdentityHashMap<>();

    Substitution(Kernel kernel, Map<String, Vec> bindings) {
        bindings.forEach(
                (slot, value) -> {
                    int width = kernel.slot(slot).width();
                    if (value.size() != width) {
                        throw new KernelException(
                                "kernel "
                                        + kernel.name()
                                        + ", slot "
                                        + slot
                                        + " := "
                                        + value
                                        + ": "
                                        + value.size()
                                        + " components; give "
                                        + width);
                    }
                });
        this.bindings = bindings;
    }

    @Override
    public Expr apply(Expr root) {
        for (Expr e : Topology.order(java.util.List.of(root), done.keySet())) {
            done.put(e, replaced(e));
        }
        return done.get(root);
    }

    private Vec bound(Slot slot) {
        Vec value = bindings.get(slot.name());
        return value == null ? slot.read() : value;
    }

    private Expr replaced(Expr e) {
        return switch (e) {
            case Expr.Constant c -> c;
            case Expr.Read r -> {
                Vec value = bindings.get(r.slot().name());
                yield value == null ? r : value.get(r.component());
            }
            case Expr.Contract c -> {
                boolean same =
                        !bindings.containsKey(c.left().name())
                                && !bindings.containsKey(c.right().name())
                                && c.scale().filter(s -> bindings.containsKey(s.name())).isEmpty();
                yield same
                        ? c
                        : c.kind()
                                .of(
                                        bound(c.left()),
                                        bound(c.right()),
                                        c.scale().map(this::bound).orElse(null));
            }
            case Expr.Profile p -> done.get(p.squaredDistance()).radial(p.family());
            case Expr.Apply a -> {
                var operands = a.operands().stream().map(done::get).toArray(Expr[]::new);
                boolean same = true;
                for (int k = 0; k < operands.length; k++) {
                    same &= operands[k] == a.operands().get(k);
                }
                yield same ? a : Simplify.apply(a.op(), operands);
            }
        };
    }
}
