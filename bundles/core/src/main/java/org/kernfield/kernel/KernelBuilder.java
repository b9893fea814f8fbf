package org.kernfield.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the slots, outputs and support of one kernel; see {@link Kernel#build}. */
public final class KernelBuilder {
    private final String name;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private Precision precision = Precision.F32;
    private Support support;

    KernelBuilder(String name) {
        this.name = name;
    }

    /** Chooses the arithmetic it is evaluated in; F32 if nothing is said. */
    public KernelBuilder precision(Precision chosen) {
        precision = chosen;
        return this;
    }

    /** A named input of {@code width} components, one row a query. */
    public Vec input(String slot, int width) {
        return declare(new Slot(slot, Slot.Role.INPUT, width));
    }

    /** A named input of one component. */
    public Expr input(String slot) {
        return input(slot, 1).get(0);
    }

    /** A named parameter of {@code width} components, one row a source. */
    public Vec param(String slot, int width) {
        return declare(new Slot(slot, Slot.Role.PARAM, width));
    }

    /** A named parameter of one component. */
    public Expr param(String slot) {
        return param(slot, 1).get(0);
    }

    /** A named uniform of {@code width} components, one row for all pairs. */
    public Vec uniform(String slot, int width) {
        return declare(new Slot(slot, Slot.Role.UNIFORM, width));
    }

    /** A named uniform of one component. */
    public Expr uniform(String slot) {
        return uniform(slot, 1).get(0);
    }

    /**
     * A named slot of {@code width} components with a row of its own for each pair; bound to a
     * buffer, or filled by the neighbourhood of the reduction.
     */
    public Vec pair(String slot, int width) {
        return declare(new Slot(slot, Slot.Role.PAIR, width));
    }

    /** A named output; its width is the vector's. */
    public KernelBuilder output(String output, Vec value) {
        if (outputs.stream().anyMatch(o -> o.name().equals(output))) {
            throw new KernelException(
                    "kernel " + name + ": output '" + output + "' twice; choose another name");
        }
        outputs.add(new Output(output, value));
        return this;
    }

    /** A named output of one component. */
    public KernelBuilder output(String output, Expr value) {
        return output(output, Vec.of(value));
    }

    /**
     * Promises that every output is zero where the input {@code slot} lies outside the box [low,
     * high] of a source. Backends may skip pairs outside it, and only those, so the formula itself
     * must be truncated there with {@link Condition#select}.
     *
     * @param low as wide as the slot; reads parameters and uniforms only
     * @param high as {@code low}
     */
    public KernelBuilder support(String slot, Vec low, Vec high) {
        support = new Support(slot, low, high);
        return this;
    }

    /**
     * Checks and freezes the kernel.
     *
     * @throws KernelException naming the formula and the slot that is wrong
     */
    public Kernel done() {
        return finish(name, precision, slots, outputs, support);
    }

    /** A slot like one of another kernel; the named methods are the usual way. */
    public Vec declare(Slot slot) {
        if (slots.stream().anyMatch(s -> s.name().equals(slot.name()))) {
            throw new KernelException(
                    "kernel " + name + ": slot '" + slot.name() + "' twice; choose another name");
        }
        slots.add(slot);
        return slot.read();
    }

    static Kernel finish(
            String name,
            Precision precision,
            List<Slot> slots,
            List<Output> outputs,
            Support support) {
        if (outputs.isEmpty()) {
            throw new KernelException("kernel " + name + ": no output; add output(name, value)");
        }
        var names = new HashSet<String>();
        for (Slot slot : slots) {
            if (!names.add(slot.name())) {
                throw new KernelException(
                        "kernel " + name + ": slot '" + slot.name() + "' twice; rename one");
            }
        }
        outputs.forEach(o -> alone(name, o, outputs));
        var known = new LinkedHashSet<>(slots);
        outputs.forEach(o -> check(name, "output " + o.name(), o.value(), known));
        if (support != null) {
            support.check(name, slots);
        }
        return new Kernel(name, precision, slots, outputs, support);
    }

    /** Derivatives get their names from outputs and slots, which may give one that is there. */
    private static void alone(String kernel, Output output, List<Output> outputs) {
        for (Output other : outputs) {
            if (other != output && other.name().equals(output.name())) {
                throw new KernelException(
                        "kernel "
                                + kernel
                                + ": two outputs '"
                                + output.name()
                                + "', "
                                + output.value()
                                + " and "
                                + other.value()
                                + "; rename what one of them comes from");
            }
        }
    }

    static void check(String kernel, String place, Vec formula, Set<Slot> known) {
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Expr component : formula) {
            var pending = new ArrayList<Expr>(List.of(component));
            while (!pending.isEmpty()) {
                Expr e = pending.removeLast();
                if (!seen.add(e)) {
                    continue;
                }
                switch (e) {
                    case Expr.Read r -> readable(kernel, place, component, r.slot(), known);
                    case Expr.Contract c -> {
                        readable(kernel, place, component, c.left(), known);
                        readable(kernel, place, component, c.right(), known);
                        c.scale().ifPresent(s -> readable(kernel, place, component, s, known));
                    }
                    case Expr.Apply a -> pending.addAll(a.operands());
                    case Expr.Profile p -> pending.add(p.expansion());
                    default -> {}
                }
            }
        }
    }

    private static void readable(
            String kernel, String place, Expr formula, Slot slot, Set<Slot> known) {
        if (!known.contains(slot)) {
            throw new KernelException(
                    "kernel "
                            + kernel
                            + ", "
                            + place
                            + " = "
                            + formula
                            + ": "
                            + slot
                            + " is not readable here; known are "
                            + known);
        }
    }
}
