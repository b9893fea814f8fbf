package org.kernfield.cpu.internal.plan;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The terms of a symmetric sum as value · payload, where the value of a pair does not change when
 * its rows change places: computed once it serves both, each with the payload of the other.
 *
 * @param values for each term the line of its value
 * @param payloads for each term the component of {@link Kernel#WEIGHT} that multiplies it, or
 *     {@link #NONE}
 */
public record BothWays(List<Integer> values, List<Integer> payloads) {
    public static final int NONE = -1;

    /**
     * Of a plan of a symmetric kernel whose queries are targets; empty where a term has no such
     * form.
     */
    static Optional<BothWays> of(DensePlan plan) {
        var values = new ArrayList<Integer>();
        var payloads = new ArrayList<Integer>();
        for (int term : plan.terms) {
            int payload = NONE;
            int value = term;
            if (plan.ssa.get(term) instanceof Instruction.Apply a && a.op() == Op.MULTIPLY) {
                for (int k = 0; k < 2; k++) {
                    if (isPayload(plan.ssa.get(a.operand(k)))) {
                        payload = ((Instruction.Load) plan.ssa.get(a.operand(k))).component();
                        value = a.operand(1 - k);
                    }
                }
            }
            if (plan.ssa.dependence(value) != DensePlan.PAIR || readsPayload(plan, value)) {
                return Optional.empty();
            }
            values.add(value);
            payloads.add(payload);
        }
        return finishesAlike(plan) ? Optional.of(new BothWays(values, payloads)) : Optional.empty();
    }

    private static boolean isPayload(Instruction instruction) {
        return instruction instanceof Instruction.Load l && l.slot().name().equals(Kernel.WEIGHT);
    }

    private static boolean readsPayload(DensePlan plan, int line) {
        return plan.ssa.needed(List.of(line)).stream().anyMatch(l -> isPayload(plan.ssa.get(l)));
    }

    /** Whether the factors that are applied after the sum are the same for all rows. */
    private static boolean finishesAlike(DensePlan plan) {
        return plan.finish == null
                || plan.finish.instructions().stream()
                        .allMatch(
                                i ->
                                        !(i instanceof Instruction.Load l)
                                                || l.slot().role() == Slot.Role.UNIFORM
                                                || l.slot().name().equals(DensePlan.SUMS));
    }
}
