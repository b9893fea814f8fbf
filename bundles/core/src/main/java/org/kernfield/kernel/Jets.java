package org.kernfield.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Derivatives of formulas of any order by components of slots, each found once. */
final class Jets {
    private final Kernel kernel;
    private final Set<Slot> inputs;
    private final Map<Expr, Map<Slot, Expr[]>> gradients = new IdentityHashMap<>();

    private Jets(Kernel kernel, List<String> inputs) {
        this.kernel = kernel;
        this.inputs = inputs.stream().map(kernel::slot).collect(Collectors.toSet());
    }

    /** ∂e / ∂slot, component by component. */
    private Expr[] gradient(Expr e, Slot slot) {
        var bySlot =
                gradients.computeIfAbsent(
                        e,
                        value -> {
                            var seeds = new IdentityHashMap<Expr, Expr>();
                            seeds.put(value, Expr.of(1));
                            return new Reverse(seeds, inputs).from(List.of(value));
                        });
        var components = bySlot.getOrDefault(slot, new Expr[slot.width()]).clone();
        for (int k = 0; k < components.length; k++) {
            components[k] = components[k] == null ? Expr.of(0) : components[k];
        }
        return components;
    }

    static Kernel jet(Kernel kernel, int order, List<String> inputs) {
        if (order < 0 || inputs.isEmpty() || new LinkedHashSet<>(inputs).size() < inputs.size()) {
            throw new KernelException(
                    "kernel %s, jet of order %d in %s: needs order ≥ 0 and inputs, each once"
                            .formatted(kernel.name(), order, inputs));
        }
        var jets = new Jets(kernel, inputs);
        var outputs = new ArrayList<Output>();
        for (Output output : kernel.outputs()) {
            jets.extend(output, List.of(), order, inputs, 0, outputs);
        }
        return jets.kernel("jet(" + kernel.name() + ")", outputs);
    }

    /** Adds an output and its derivatives by the inputs from {@code first} on. */
    private void extend(
            Output output,
            List<Slot> taken,
            int order,
            List<String> names,
            int first,
            List<Output> outputs) {
        outputs.add(output);
        for (int k = first; order > 0 && k < names.size(); k++) {
            Slot slot = kernel.slot(names.get(k));
            var slots = new ArrayList<>(taken);
            slots.add(slot);
            Vec value = derivative(output.value(), slot, symmetric(taken, slot));
            var derived = new Output(output.name() + "_" + slot.name(), value);
            extend(derived, slots, order - 1, names, k, outputs);
        }
    }

    private static boolean symmetric(List<Slot> taken, Slot slot) {
        return !taken.isEmpty() && taken.getLast().equals(slot);
    }

    /**
     * ∂values / ∂slot, value-major. Where the last derivative was by the same slot, mixed ones are
     * taken in one order only, so that both places hold one expression.
     */
    private Vec derivative(Vec values, Slot slot, boolean mirrored) {
        int d = slot.width();
        var components = new Expr[values.size() * d];
        for (int v = 0; v < values.size(); v++) {
            int last = v % d;
            for (int c = 0; c < d; c++) {
                int transposed = (v - last + c) * d + last;
                components[v * d + c] =
                        mirrored && c < last
                                ? components[transposed]
                                : gradient(values.get(v), slot)[c];
            }
        }
        return Vec.of(components);
    }

    static Kernel hessian(Kernel kernel, String input) {
        var jets = new Jets(kernel, List.of(input));
        Slot slot = kernel.slot(input);
        var outputs = new ArrayList<Output>();
        for (Output output : kernel.outputs()) {
            Vec first = jets.derivative(output.value(), slot, false);
            Vec second = jets.derivative(first, slot, true);
            outputs.add(new Output(output.name() + "_" + input + "_" + input, second));
        }
        return jets.kernel("d²(" + kernel.name() + ")/d" + input + "²", outputs);
    }

    static Kernel laplacian(Kernel kernel, String input) {
        var jets = new Jets(kernel, List.of(input));
        Slot slot = kernel.slot(input);
        var outputs = new ArrayList<Output>();
        for (Output output : kernel.outputs()) {
            var traces = new ArrayList<Expr>();
            for (Expr value : output.value()) {
                Expr trace = Expr.of(0);
                Expr[] first = jets.gradient(value, slot);
                for (int k = 0; k < first.length; k++) {
                    trace = trace.plus(jets.gradient(first[k], slot)[k]);
                }
                traces.add(trace);
            }
            outputs.add(new Output(output.name(), Vec.of(traces)));
        }
        return jets.kernel("Δ(" + kernel.name() + ")", outputs);
    }

    static Kernel partial(Kernel kernel, String input, int... components) {
        var jets = new Jets(kernel, List.of(input));
        Slot slot = kernel.slot(input);
        for (int c : components) {
            if (c < 0 || c >= slot.width()) {
                throw new KernelException(
                        "kernel %s, partial derivative by %s[%d]: %s has %d components; use 0 to %d"
                                .formatted(
                                        kernel.name(),
                                        input,
                                        c,
                                        slot,
                                        slot.width(),
                                        slot.width() - 1));
            }
        }
        // one order for every way of writing it
        int[] sorted = components.clone();
        Arrays.sort(sorted);
        var outputs = new ArrayList<Output>();
        for (Output output : kernel.outputs()) {
            Vec value = output.value();
            for (int c : sorted) {
                value = value.map(e -> jets.gradient(e, slot)[c]);
            }
            outputs.add(new Output(output.name(), value));
        }
        return jets.kernel("∂(" + kernel.name() + ")", outputs);
    }

    private Kernel kernel(String name, List<Output> outputs) {
        return KernelBuilder.finish(
                name, kernel.precision(), kernel.slots(), outputs, kernel.support().orElse(null));
    }
}
