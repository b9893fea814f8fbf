package org.kernfield.kernel;

import java.util.List;
import java.util.Optional;
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

    /**
     * {@code kind} of two slots of one width, which is one line however wide they are.
     *
     * @param scale the uniform of that width that scales the components of both, if any
     */
    record Contract(Contraction kind, Slot left, Slot right, Optional<Slot> scale)
            implements Instruction {
        /** The same value written with plain operations. */
        Expr plain() {
            return kind.plain(left.read(), right.read(), scale.map(Slot::read).orElse(null));
        }

        /** For code that runs lowered kernels only. */
        public IllegalStateException unexpected() {
            return new IllegalStateException(
                    text() + ": not expected here; lower the kernel to plain operations first");
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
            case Contract c ->
                    c.kind().symbol()
                            + " "
                            + c.left().name()
                            + " "
                            + c.right().name()
                            + c.scale().map(s -> " scaled " + s.name()).orElse("");
        };
    }
}
