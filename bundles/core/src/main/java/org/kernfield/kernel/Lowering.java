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
    private final Set<Op> operations;
    private final Set<Contraction> contractions;
    private final List<Instruction> lowered = new ArrayList<>();
    private final Map<Instruction, Integer> numbers = new HashMap<>();

    private Lowering(Set<Op> operations, Set<Contraction> contractions) {
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
    static Program of(
            String kernel, Program program, Set<Op> operations, Set<Contraction> contractions) {
        var lowering = new Lowering(operations, contractions);
        List<Integer> lines = lowering.append(program);
        Set<Op> missing = lowering.missing();
        if (!missing.isEmpty()) {
            throw new KernelException(
                    "kernel "
                            + kernel
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
        var lowering = new Lowering(operations, Set.of());
        lowering.append(program);
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

    /** Appends a program; gives the line that each of its lines has become. */
    private List<Integer> append(Program program) {
        var lines = new ArrayList<Integer>();
        for (Instruction instruction : program.instructions()) {
            lines.add(
                    switch (instruction) {
                        case Instruction.Apply a -> {
                            var operands = a.operands().stream().map(lines::get).toList();
                            yield line(new Instruction.Apply(a.op(), operands));
                        }
                        case Instruction.Contract c when !contractions.contains(c.kind()) -> {
                            Program plain = Program.of(List.of(c.plain()));
                            yield append(plain).get(plain.results().getFirst());
                        }
                        case Instruction leaf -> line(leaf);
                    });
        }
        return lines;
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
