package org.kernfield.kernel;

import java.util.List;
import java.util.stream.Collectors;

/** One line of a program in static single assignment form; operands are earlier line numbers. */
public sealed interface Instruction {
    /** A number. */
    record Constant(double value) implements Instruction {}

    /** Component {@code component} of {@code slot}. */
    record Load(Slot slot, int component) implements Instruction {}

    /** {@code op} on the values of earlier lines. */
    record Apply(Op op, List<Integer> operands) implements Instruction {
        public int operand(int k) {
            return operands.get(k);
        }
    }

    /** How the line is written in a listing, without its number. */
    default String text() {
        return switch (this) {
            case Constant c -> Double.toString(c.value());
            case Load l -> "load " + l.slot().name() + "[" + l.component() + "]";
            case Apply a ->
                    a.op().name().toLowerCase(java.util.Locale.ROOT)
                            + a.operands().stream()
                                    .map(o -> " %" + o)
                                    .collect(Collectors.joining());
        };
    }
}
