package org.kernfield.cpu.internal.plan;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Program;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Cuts a program that is too long for one method into a chain of shorter ones. What a later piece
 * needs of an earlier one passes through planes, one a value; conditions pass as 1 and 0.
 *
 * <p>HotSpot leaves methods of more than 8,000 bytes to the interpreter, and its compiler's time
 * grows faster than a method's length well before.
 */
public final class Segments {
    /** Vector operations of one method. */
    public static final int LONGEST = 200;

    /** Loads of values that an earlier piece has computed. */
    public static final String PASSED = "_passed";

    /**
     * A piece.
     *
     * @param program loads what it needs, the values of earlier pieces from {@link #PASSED}
     * @param targets for each of its results the number under which it is passed on
     */
    public record Piece(Program program, List<Integer> targets) {}

    /** The pieces in order. */
    public final List<Piece> pieces = new ArrayList<>();

    /** For each result of the whole the number under which it was passed. */
    public final List<Integer> results;

    /** How many values are passed in all. */
    public final int passed;

    public Segments(Program program) {
        var lines = program.instructions();
        var lastUse = new int[lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i) instanceof Instruction.Apply a) {
                for (int o : a.operands()) {
                    lastUse[o] = i;
                }
            }
        }
        program.results().forEach(r -> lastUse[r] = Integer.MAX_VALUE);

        Map<Integer, Integer> numbers = new HashMap<>();
        int begin = 0;
        while (begin < lines.size()) {
            int end = begin;
            int cost = 0;
            while (end < lines.size() && cost < LONGEST) {
                cost += Costs.of(lines.get(end++));
            }
            pieces.add(piece(lines, begin, end, lastUse, numbers));
            begin = end;
        }
        results = program.results().stream().map(numbers::get).toList();
        passed = numbers.size();
    }

    private static Piece piece(
            List<Instruction> lines,
            int begin,
            int end,
            int[] lastUse,
            Map<Integer, Integer> numbers) {
        var code = new ArrayList<Instruction>();
        Map<Integer, Integer> local = new HashMap<>();
        var exported = new LinkedHashSet<Integer>();
        for (int i = begin; i < end; i++) {
            switch (lines.get(i)) {
                case Instruction.Apply a -> {
                    var operands = new ArrayList<Integer>();
                    for (int o : a.operands()) {
                        operands.add(operand(o, lines, local, numbers, code));
                    }
                    local.put(i, append(code, new Instruction.Apply(a.op(), operands)));
                }
                case Instruction leaf -> local.put(i, append(code, leaf));
            }
            boolean isLeaf = !(lines.get(i) instanceof Instruction.Apply);
            if (lastUse[i] >= end && !(isLeaf && lastUse[i] != Integer.MAX_VALUE)) {
                exported.add(i);
            }
        }
        var results = new ArrayList<Integer>();
        var targets = new ArrayList<Integer>();
        for (int i : exported) {
            int line = local.get(i);
            results.add(isCondition(lines.get(i)) ? asNumber(line, code) : line);
            targets.add(numbers.computeIfAbsent(i, k -> numbers.size()));
        }
        return new Piece(new Program(code, results), targets);
    }

    /** The local line of an operand: at hand, loaded again, or passed. */
    private static int operand(
            int line,
            List<Instruction> lines,
            Map<Integer, Integer> local,
            Map<Integer, Integer> numbers,
            List<Instruction> code) {
        Integer here = local.get(line);
        if (here != null) {
            return here;
        }
        Instruction instruction = lines.get(line);
        int loaded;
        if (instruction instanceof Instruction.Apply) {
            var slot = new Slot(PASSED, Slot.Role.INPUT, Integer.MAX_VALUE);
            loaded = append(code, new Instruction.Load(slot, numbers.get(line)));
            if (isCondition(instruction)) {
                int half = append(code, new Instruction.Constant(0.5));
                loaded = append(code, new Instruction.Apply(Op.LESS, List.of(half, loaded)));
            }
        } else {
            loaded = append(code, instruction);
        }
        local.put(line, loaded);
        return loaded;
    }

    private static int asNumber(int condition, List<Instruction> code) {
        int one = append(code, new Instruction.Constant(1));
        int zero = append(code, new Instruction.Constant(0));
        return append(code, new Instruction.Apply(Op.SELECT, List.of(condition, one, zero)));
    }

    public static boolean isCondition(Instruction instruction) {
        return instruction instanceof Instruction.Apply a && a.op().isComparison();
    }

    /** A program holds each instruction once. */
    private static int append(List<Instruction> code, Instruction instruction) {
        int known = code.indexOf(instruction);
        if (known >= 0) {
            return known;
        }
        code.add(instruction);
        return code.size() - 1;
    }
}
