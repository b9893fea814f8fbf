package org.kernfield.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rewrites programs in terms of the operations that a backend knows. */
final class Lowering {
    private final Precision precision;
    private final Set<Op> operations;
    private final Set<Contraction> contractions;
    private final List<Instruction> lowered = new ArrayList<>();
    private final Map<Instruction, Integer> numbers = new HashMap<>();

    private Lowering(Precision precision, Set<Op> operations, Set<Contraction> contractions) {
        this.precision = precision;
        this.operations = operations;
        this.contractions = contractions;
    }

    static boolean isNeeded(Program program, Set<Op> operations, Set<Contraction> contractions) {
        return program.instructions().stream()
                .anyMatch(
                        i ->
                                switch (i) {
                                    case Instruction.Apply a -> !operations.contains(a.op());
                                    case Instruction.Contract c -> !contractions.contains(c.kind());
                                    default -> false;
                                });
    }

    /**
     * The program in terms of what is known.
     *
     * @throws KernelException naming the operations that have no definition in what is known
     */
    static Program of(Kernel kernel, Set<Op> operations, Set<Contraction> contractions) {
        var lowering = new Lowering(kernel.precision(), operations, contractions);
        Program program = kernel.program();
        List<Integer> lines = lowering.append(program, Map.of());
        Set<Op> missing = lowering.missing();
        if (!missing.isEmpty()) {
            throw new KernelException(
                    "kernel "
                            + kernel.name()
                            + ": "
                            + missing.stream()
                                    .map(op -> op.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", "))
                            + " cannot be written with the operations that are known; use a"
                            + " backend that knows "
                            + (missing.size() == 1 ? "it" : "them"));
        }
        return new Program(lowering.lowered, program.results().stream().map(lines::get).toList());
    }

    /** Operations that have no definition in what is known. */
    static Set<Op> missing(Program program, Set<Op> operations) {
        var lowering = new Lowering(Precision.F32, operations, Set.of());
        lowering.append(program, Map.of());
        return lowering.missing();
    }

    private Set<Op> missing() {
        var missing = new LinkedHashSet<Op>();
        for (Instruction line : lowered) {
            if (line instanceof Instruction.Apply a && !operations.contains(a.op())) {
                missing.add(a.op());
            }
        }
        return missing;
    }

    /**
     * Appends a program; gives the line that each of its lines has become.
     *
     * @param places the lines that stand for slots
     */
    private List<Integer> append(Program program, Map<Slot, Integer> places) {
        var lines = new ArrayList<Integer>();
        for (Instruction instruction : program.instructions()) {
            lines.add(
                    switch (instruction) {
                        case Instruction.Apply a -> {
                            var operands = a.operands().stream().map(lines::get).toList();
                            yield apply(a.op(), operands);
                        }
                        case Instruction.Contract c when !contractions.contains(c.kind()) ->
                                inline(c.plain(), Map.of());
                        case Instruction.Load l when places.containsKey(l.slot()) ->
                                places.get(l.slot());
                        case Instruction leaf -> line(leaf);
                    });
        }
        return lines;
    }

    /** An operation, or its definition where it is not known and has one. */
    private int apply(Op op, List<Integer> operands) {
        if (operations.contains(op)) {
            return line(new Instruction.Apply(op, operands));
        }
        var places = new HashMap<Slot, Integer>();
        var reads = new ArrayList<Expr>();
        for (int k = 0; k < operands.size(); k++) {
            var slot = new Slot("operand" + k, Slot.Role.PAIR, 1);
            places.put(slot, operands.get(k));
            reads.add(new Expr.Read(slot, 0));
        }
        return Definitions.of(op, precision, reads)
                .map(definition -> inline(definition, places))
                .orElseGet(() -> line(new Instruction.Apply(op, operands)));
    }

    private int inline(Expr definition, Map<Slot, Integer> places) {
        Program plain = Program.of(List.of(definition));
        return append(plain, places).get(plain.results().getFirst());
    }

    private int line(Instruction instruction) {
        return numbers.computeIfAbsent(
                instruction,
                i -> {
                    lowered.add(i);
                    return lowered.size() - 1;
                });
    }
}
