package org.kernfield.kernel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A conservative box in query space outside of which a source contributes nothing.
 *
 * @param slot the input that the box bounds
 * @param low lower corner, as wide as the slot, in parameters and uniforms
 * @param high upper corner, likewise
 */
public record Support(String slot, Vec low, Vec high) {
    void check(String kernel, List<Slot> slots) {
        Slot bounded =
                slots.stream()
                        .filter(s -> s.name().equals(slot) && s.role() == Slot.Role.INPUT)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new KernelException(
                                                "kernel "
                                                        + kernel
                                                        + ", support: no input '"
                                                        + slot
                                                        + "'; it has "
                                                        + slots));
        if (low.size() != bounded.width() || high.size() != bounded.width()) {
            throw new KernelException(
                    "kernel "
                            + kernel
                            + ", support "
                            + low
                            + " to "
                            + high
                            + ": needs "
                            + bounded.width()
                            + " components, as "
                            + bounded);
        }
        Set<Slot> readable =
                slots.stream()
                        .filter(s -> s.role() == Slot.Role.PARAM || s.role() == Slot.Role.UNIFORM)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        KernelBuilder.check(kernel, "support low", low, readable);
        KernelBuilder.check(kernel, "support high", high, readable);
    }

    /**
     * The box as a map over sources: the parameters of {@code owner} become inputs, outputs are
     * {@code low} and {@code high}.
     */
    public Kernel boxes(Kernel owner) {
        return SourceMap.of(
                owner,
                owner.name() + " support",
                List.of(new Output("low", low), new Output("high", high)));
    }
}
