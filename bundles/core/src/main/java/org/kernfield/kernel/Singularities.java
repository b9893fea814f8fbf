package org.kernfield.kernel;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which formulas may be infinite or NaN for finite numbers. */
final class Singularities {
    /** Arguments up to this give a finite exp in both precisions. */
    private static final double LARGEST_EXPONENT = 88;

    /**
     * What is known of an expression.
     *
     * @param isOfRow whether it reads an input or a number of a pair
     */
    private record Facts(boolean isSingular, boolean isOfRow, Bounds bounds) {}

    private final Map<Expr, Facts> facts = new IdentityHashMap<>();
    private final Set<Expr> compared = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param formula all that is differentiated, operands first
     */
    Singularities(List<Expr> formula) {
        List<Expr> sides =
                formula.stream()
                        .filter(e -> e instanceof Expr.Apply a && a.op().isComparison())
                        .flatMap(e -> Topology.operands(e).stream())
                        .toList();
        compared.addAll(Topology.order(sides, Set.of()));
        formula.forEach(this::facts);
    }

    /** Whether {@code e} is one; built of the formula by a few operations, if not part of it. */
    boolean contain(Expr e) {
        return facts(e).isSingular;
    }

    private Facts facts(Expr e) {
        Facts known = facts.get(e);
        if (known == null) {
            known = found(e, Topology.operands(e).stream().map(this::facts).toList());
            facts.put(e, known);
        }
        return known;
    }

    private Facts found(Expr e, List<Facts> operands) {
        boolean isSingular = operands.stream().anyMatch(Facts::isSingular);
        if (e instanceof Expr.Apply a) {
            Compound compound = Compound.of(a);
            isSingular =
                    compound != null && compound.isFinite()
                            ? facts(compound.operand()).isSingular
                            : isSingular || isSingular(a);
        }
        return new Facts(
                isSingular,
                isOfRow(e) || operands.stream().anyMatch(Facts::isOfRow),
                Bounds.of(e, operands.stream().map(Facts::bounds).toList()));
    }

    private static boolean isOfRow(Expr e) {
        return switch (e) {
            case Expr.Read r -> isOfRow(r.slot());
            case Expr.Contract c -> isOfRow(c.left()) || isOfRow(c.right());
            default -> false;
        };
    }

    private static boolean isOfRow(Slot slot) {
        return slot.role() == Slot.Role.INPUT || slot.role() == Slot.Role.PAIR;
    }

    private boolean isSingular(Expr.Apply a) {
        return switch (a.op()) {
            case EXP, EXPM1 -> overflows(a);
            case SQRT, LOG, LOG1P, POW, ACOS, ATAN2, LGAMMA, DIGAMMA -> true;
            case LOG_BESSEL_I, LOG_BESSEL_I_BY_X, LOG_BESSEL_I_BY_ORDER -> true;
            case LOG_BESSEL_K, LOG_BESSEL_K_BY_X, LOG_BESSEL_K_BY_ORDER -> true;
            case DIVIDE -> !(a.operands().get(1) instanceof Expr.Constant);
            default -> false;
        };
    }

    /**
     * Whether an exp may be infinite. One of sources and uniforms alone that a select's condition
     * reads is taken for finite: it is a scale, as of a width, and a choice around every use of it
     * would keep it inside the sums over queries.
     */
    private boolean overflows(Expr.Apply exp) {
        Facts exponent = facts(exp.operands().getFirst());
        return !(exponent.bounds.high() <= LARGEST_EXPONENT)
                && (exponent.isOfRow || !compared.contains(exp));
    }
}
