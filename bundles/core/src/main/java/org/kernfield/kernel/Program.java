package org.kernfield.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Straight-line code of a kernel, common sub-expressions merged, nothing unused.
 *
 * @param instructions in an order in which every operand stands before its use
 * @param results line numbers of the output components, in the order of the kernel's outputs
 */
public record Program(List<Instruction> instructions, List<Integer> results) {
    public Program {
        instructions = List.copyOf(instructions);
        results = List.copyOf(results);
    }

    /** The program that computes {@code outputs}. */
    static Program of(List<Expr> outputs) {
        var builder = new Builder();
        return new Program(builder.instructions, outputs.stream().map(builder::line).toList());
    }

    /** Number of arithmetic operations, which is what evaluating one pair costs. */
    public int operations() {
        return instructions.stream().mapToInt(Program::operations).sum();
    }

    private static int operations(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Apply a -> 1;
            case Instruction.Contract c ->
                    c.left().width() * (c.kind().operations() + (c.scale().isPresent() ? 1 : 0));
            default -> 0;
        };
    }

    /**
     * The results for one row or pair, in float64.
     *
     * @param slots numbers of each slot that is read, by name
     */
    public double[] evaluate(Map<String, double[]> slots) {
        var values = new double[instructions.size()];
        for (int line = 0; line < values.length; line++) {
            values[line] =
                    switch (instructions.get(line)) {
                        case Instruction.Constant c -> c.value();
                        case Instruction.Load l -> slots.get(l.slot().name())[l.component()];
                        case Instruction.Contract c -> contract(c, slots);
                        case Instruction.Apply a ->
                                a.op().apply(
                                                a.operands().stream()
                                                        .mapToDouble(o -> values[o])
                                                        .toArray());
                    };
        }
        return results.stream().mapToDouble(r -> values[r]).toArray();
    }

    private static double contract(Instruction.Contract c, Map<String, double[]> slots) {
        return c.kind()
                .of(
                        slots.get(c.left().name()),
                        slots.get(c.right().name()),
                        c.scale().map(s -> slots.get(s.name())).orElse(null));
    }

    /** One line an instruction, numbered {@code %0} on. */
    public String listing() {
        var text = new StringBuilder();
        for (int k = 0; k < instructions.size(); k++) {
            text.append('%').append(k).append(" = ").append(instructions.get(k).text());
            text.append('\n');
        }
        return text.append("return ").append(results).append('\n').toString();
    }

    /** Numbers expressions depth first without recursion: derivative chains can be very deep. */
    private static final class Builder {
        final List<Instruction> instructions = new ArrayList<>();
        private final Map<Instruction, Integer> lines = new HashMap<>();
        private final Map<Expr, Integer> done = new IdentityHashMap<>();

        int line(Expr root) {
            var stack = new ArrayList<Expr>();
            stack.add(root);
            while (!stack.isEmpty()) {
                Expr top = stack.getLast();
                if (done.containsKey(top)) {
                    stack.removeLast();
                    continue;
                }
                int waiting = stack.size();
                for (Expr operand : operands(top)) {
                    if (!done.containsKey(operand)) {
                        stack.add(operand);
                    }
                }
                if (stack.size() == waiting) {
                    stack.removeLast();
                    done.put(top, number(top));
                }
            }
            return done.get(root);
        }

        private static List<Expr> operands(Expr e) {
            return switch (e) {
                case Expr.Apply a -> a.operands();
                case Expr.Profile p -> List.of(p.expansion());
                default -> List.of();
            };
        }

        private int number(Expr e) {
            return switch (e) {
                case Expr.Constant c -> intern(new Instruction.Constant(c.value()));
                case Expr.Read r -> intern(new Instruction.Load(r.slot(), r.component()));
                case Expr.Contract c ->
                        intern(new Instruction.Contract(c.kind(), c.left(), c.right(), c.scale()));
                case Expr.Profile p -> done.get(p.expansion());
                case Expr.Apply a -> {
                    var lines = a.operands().stream().map(done::get).toList();
                    boolean commutes = a.op() == Op.ADD || a.op() == Op.MULTIPLY;
                    if (commutes && lines.get(0) > lines.get(1)) {
                        lines = lines.reversed();
                    }
                    yield intern(new Instruction.Apply(a.op(), List.copyOf(lines)));
                }
            };
        }

        private int intern(Instruction instruction) {
            return lines.computeIfAbsent(
                    instruction,
                    i -> {
                        instructions.add(i);
                        return instructions.size() - 1;
                    });
        }
    }
}
