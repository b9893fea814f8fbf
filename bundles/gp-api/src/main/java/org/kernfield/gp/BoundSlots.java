package org.kernfield.gp;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Slot;

import java.util.stream.Stream;

/** The slots that a line of a program reads. */
final class BoundSlots {
    private BoundSlots() {}

    static Stream<Slot> of(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Load l -> Stream.of(l.slot());
            case Instruction.Contract c ->
                    Stream.concat(Stream.of(c.left(), c.right()), c.scale().stream());
            default -> Stream.of();
        };
    }
}
