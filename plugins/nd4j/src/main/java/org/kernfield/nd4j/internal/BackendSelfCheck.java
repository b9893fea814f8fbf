package org.kernfield.nd4j.internal;

import org.kernfield.backend.ElementType;
import org.kernfield.kernel.Op;

import java.lang.foreign.Arena;
import java.util.Optional;

/** Whether the operations that this backend relies on compute what they should. */
final class BackendSelfCheck {
    private static final int COUNT = 1031;

    private BackendSelfCheck() {}

    /** What is wrong, as the middle of a sentence; empty if nothing is. */
    static Optional<String> fault() {
        for (ElementType type : new ElementType[] {ElementType.F32, ElementType.F64}) {
            for (Op op : Natives.OPERATIONS) {
                Optional<String> fault = operation(op, type);
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return BroadcastSelfCheck.fault().or(RandomSelfCheck::fault);
    }

    /** Numbers of both signs, beside zeros, NaN and infinities, against the definition. */
    private static Optional<String> operation(Op op, ElementType type) {
        try (Arena arena = Arena.ofConfined()) {
            Register x = filled(arena, type, 0.37);
            Register y = filled(arena, type, 1.91);
            Register z = filled(arena, type, 0);
            if (op.arity() == 1) {
                Natives.apply(op, x.view(1, COUNT), z.view(1, COUNT));
            } else {
                Natives.apply(op, x.view(1, COUNT), y.view(1, COUNT), z.view(1, COUNT));
            }
            for (int k = 0; k < COUNT; k++) {
                double known = op.apply(x.get(k), y.get(k), 0);
                if (!isRight(z.get(k), known, type)) {
                    return Optional.of(
                            "%s of %s in %s is %s where %s is right"
                                    .formatted(op, x.get(k), type, z.get(k), rounded(known, type)));
                }
            }
            return Optional.empty();
        }
    }

    /** Within 4 units in the last place; NaN and infinities as they are. */
    static boolean isRight(double found, double known, ElementType type) {
        double rounded = rounded(known, type);
        double unit = type == ElementType.F32 ? Math.ulp(1f) : Math.ulp(1.0);
        return Double.isFinite(rounded)
                ? Math.abs(found - rounded)
                        <= 4 * unit * Math.max(Math.abs(rounded), Math.abs(known))
                : Double.compare(found, rounded) == 0;
    }

    static double rounded(double number, ElementType type) {
        return type == ElementType.F32 ? (float) number : number;
    }

    private static Register filled(Arena arena, ElementType type, double step) {
        var register = new Register(arena.allocate((long) COUNT * type.bytes(), 64), type);
        double[] special = {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, -1, 1, 0.5};
        for (int k = 0; k < COUNT; k++) {
            boolean isSpecial = step > 0 && k < special.length;
            register.set(k, isSpecial ? special[k] : (k % 97 - 48) * step + k * 1e-4);
        }
        return register;
    }
}
