package org.kernfield.kernel;

import java.util.HashMap;
import java.util.List;

/** Turns expressions over a kernel's parameters and uniforms into a map kernel over its sources. */
public final class SourceMap {
    private SourceMap() {}

    /**
     * A kernel whose inputs are the parameters of {@code owner} that the outputs read, in the
     * owner's order, and whose uniforms are the owner's.
     *
     * @throws KernelException if an output reads an input or a pair slot of {@code owner}
     */
    public static Kernel of(Kernel owner, String name, List<Output> outputs) {
        var bindings = new HashMap<String, Vec>();
        owner.slots(Slot.Role.PARAM)
                .forEach(p -> bindings.put(p.name(), p.as(Slot.Role.INPUT).read()));
        var replace = new Substitution(owner, bindings);
        var slots =
                owner.slots().stream()
                        .filter(s -> s.role() == Slot.Role.PARAM || s.role() == Slot.Role.UNIFORM)
                        .map(s -> s.role() == Slot.Role.PARAM ? s.as(Slot.Role.INPUT) : s)
                        .toList();
        var mapped =
                outputs.stream().map(o -> new Output(o.name(), o.value().map(replace))).toList();
        return KernelBuilder.finish(name, owner.precision(), slots, mapped, null);
    }
}
