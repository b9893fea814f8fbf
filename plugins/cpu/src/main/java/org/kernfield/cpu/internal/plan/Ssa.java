package org.kernfield.cpu.internal.plan;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * A program that can still grow, each line knowing what it depends on. The bits of a dependence are
 * given for loads and united for operations.
 */
public final class Ssa {
    private final List<Instruction> lines = new ArrayList<>();
    private final List<Integer> dependence = new ArrayList<>();
    private final Map<Instruction, Integer> numbers = new HashMap<>();
    private final ToIntFunction<Instruction.Load> loads;

    public Ssa(Program program, ToIntFunction<Instruction.Load> loads) {
        this.loads = loads;
        program.instructions().forEach(this::line);
    }

    public Instruction get(int line) {
        return lines.get(line);
    }

    public int size() {
        return lines.size();
    }

    public int dependence(int line) {
        return dependence.get(line);
    }

    int line(Instruction instruction) {
        return numbers.computeIfAbsent(
                instruction,
                i -> {
                    lines.add(i);
                    dependence.add(
                            switch (i) {
                                case Instruction.Constant c -> 0;
                                case Instruction.Load l -> loads.applyAsInt(l);
                                case Instruction.Contract c ->
                                        loads.applyAsInt(new Instruction.Load(c.left(), 0))
                                                | loads.applyAsInt(
                                                        new Instruction.Load(c.right(), 0));
                                case Instruction.Apply a ->
                                        a.operands().stream()
                                                .mapToInt(this::dependence)
                                                .reduce(0, (x, y) -> x | y);
                            });
                    return lines.size() - 1;
                });
    }

    int constant(double value) {
        return line(new Instruction.Constant(value));
    }

    /** An operation, with the identities of 0 and 1 taken. */
    int apply(Op op, Integer... operands) {
        if (op == Op.MULTIPLY) {
            if (is(operands[0], 1)) {
                return operands[1];
            }
            if (is(operands[1], 1)) {
                return operands[0];
            }
        }
        if (op == Op.ADD && is(operands[0], 0)) {
            return operands[1];
        }
        if (constant(operands)) {
            double a = value(operands[0]);
            double b = operands.length > 1 ? value(operands[1]) : 0;
            return constant(op.apply(a, b, 0));
        }
        return line(new Instruction.Apply(op, List.of(operands)));
    }

    boolean is(int line, double value) {
        return lines.get(line) instanceof Instruction.Constant c && c.value() == value;
    }

    private boolean constant(Integer[] operands) {
        for (int o : operands) {
            if (!(lines.get(o) instanceof Instruction.Constant)) {
                return false;
            }
        }
        return operands.length < 3;
    }

    private double value(int line) {
        return ((Instruction.Constant) lines.get(line)).value();
    }

    /** Planes hold numbers, so a condition passes as 1 or 0. */
    int asNumber(int line) {
        return Segments.isCondition(get(line))
                ? line(new Instruction.Apply(Op.SELECT, List.of(line, constant(1), constant(0))))
                : line;
    }

    /** The program that computes {@code results}, nothing else. */
    Program extract(List<Integer> results) {
        var renumbered = new HashMap<Integer, Integer>();
        var kept = new ArrayList<Instruction>();
        for (int line : needed(results)) {
            Instruction instruction = lines.get(line);
            kept.add(
                    instruction instanceof Instruction.Apply a
                            ? new Instruction.Apply(
                                    a.op(), a.operands().stream().map(renumbered::get).toList())
                            : instruction);
            renumbered.put(line, kept.size() - 1);
        }
        return new Program(kept, results.stream().map(renumbered::get).toList());
    }

    /** The lines that {@code results} reach, ascending, so operands first. */
    public List<Integer> needed(List<Integer> results) {
        return needed(results, -1);
    }

    /**
     * The same.
     *
     * @param given a line that is there already, so that what leads to it is not needed
     */
    List<Integer> needed(List<Integer> results, int given) {
        var marked = new boolean[lines.size()];
        var pending = new ArrayList<>(results);
        while (!pending.isEmpty()) {
            int line = pending.removeLast();
            if (!marked[line]) {
                marked[line] = true;
                if (line != given && lines.get(line) instanceof Instruction.Apply a) {
                    pending.addAll(a.operands());
                }
            }
        }
        var needed = new ArrayList<Integer>();
        for (int line = 0; line < marked.length; line++) {
            if (marked[line]) {
                needed.add(line);
            }
        }
        return needed;
    }
}
