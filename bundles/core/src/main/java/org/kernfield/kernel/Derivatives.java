package org.kernfield.kernel;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reverse-mode differentiation of kernels; the result is a kernel again. */
final class Derivatives {
    private Derivatives() {}

    /**
     * @param cotangents role of the slots that the cotangents are read from
     * @param first outputs of the result before the derivatives
     */
    static Kernel vjp(Kernel kernel, Set<String> wrt, Slot.Role cotangents, List<Output> first) {
        var slots = new ArrayList<>(kernel.slots());
        var seeds = new IdentityHashMap<Expr, Expr>();
        var roots = new ArrayList<Expr>();
        for (Output output : kernel.outputs()) {
            var cotangent = new Slot(cotangentName(output.name()), cotangents, output.width());
            slots.add(cotangent);
            Vec seed = cotangent.read();
            for (int k = 0; k < output.width(); k++) {
                seeds.merge(output.value().get(k), seed.get(k), Expr::plus);
                roots.add(output.value().get(k));
            }
        }
        wrt.forEach(kernel::slot);
        var gradients = reverse(roots, seeds, wanted(kernel, wrt));
        var outputs = new ArrayList<>(first);
        for (Slot slot : kernel.slots()) {
            if (wrt.contains(slot.name())) {
                outputs.add(new Output(cotangentName(slot.name()), gradient(gradients, slot)));
            }
        }
        return KernelBuilder.finish(
                "d(" + kernel.name() + ")",
                kernel.precision(),
                slots,
                outputs,
                kernel.support().orElse(null));
    }

    static Kernel jacobian(Kernel kernel, String input) {
        Slot slot = kernel.slot(input);
        var components = new ArrayList<Expr>();
        for (Output output : kernel.outputs()) {
            for (Expr component : output.value()) {
                var seeds = new IdentityHashMap<Expr, Expr>();
                seeds.put(component, Expr.of(1));
                gradient(reverse(List.of(component), seeds, Set.of(slot)), slot)
                        .forEach(components::add);
            }
        }
        return KernelBuilder.finish(
                "d(" + kernel.name() + ")/d" + input,
                kernel.precision(),
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

    private static Set<Slot> wanted(Kernel kernel, Set<String> names) {
        return kernel.slots().stream()
                .filter(s -> names.contains(s.name()))
                .collect(Collectors.toSet());
    }

    private static Map<Slot, Expr[]> reverse(
            List<Expr> roots, Map<Expr, Expr> cotangents, Set<Slot> wanted) {
        return new Reverse(cotangents, wanted).from(roots);
    }
}
