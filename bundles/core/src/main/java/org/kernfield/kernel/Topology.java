package org.kernfield.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Orders an expression graph so that operands come before their uses, without recursion. */
final class Topology {
    private Topology() {}

    /**
     * Every expression reachable from {@code roots} once, operands first. A profile's operand is
     * its squared distance.
     *
     * @param known expressions to leave out together with what they alone reach
     */
    static List<Expr> order(List<Expr> roots, Set<Expr> known) {
        Set<Expr> done = Collections.newSetFromMap(new IdentityHashMap<>());
        done.addAll(known);
        var order = new ArrayList<Expr>();
        var stack = new ArrayList<Expr>(roots.reversed());
        while (!stack.isEmpty()) {
            Expr top = stack.getLast();
            int waiting = stack.size();
            if (!done.contains(top)) {
                for (Expr operand : operands(top)) {
                    if (!done.contains(operand)) {
                        stack.add(operand);
                    }
                }
            }
            if (stack.size() == waiting) {
                stack.removeLast();
                if (done.add(top)) {
                    order.add(top);
                }
            }
        }
        return order;
    }

    /** What an expression is made of; a profile of its squared distance. */
    static List<Expr> operands(Expr e) {
        return switch (e) {
            case Expr.Apply a -> a.operands();
            case Expr.Profile p -> List.of(p.squaredDistance());
            default -> List.of();
        };
    }
}
