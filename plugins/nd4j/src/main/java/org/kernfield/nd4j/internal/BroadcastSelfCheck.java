package org.kernfield.nd4j.internal;

import org.kernfield.backend.ElementType;
import org.kernfield.kernel.Op;
import org.nd4j.linalg.api.ndarray.INDArray;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;

/**
 * Whether operations on two operands of different shapes, as blocks of pairs have them, compute
 * what they should: a number on either side, and one number a query with one a source.
 */
final class BroadcastSelfCheck {
    private static final int QUERIES = 3;
    private static final int SOURCES = 5;
    private static final List<Op> OPERATIONS = List.of(Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.DIVIDE);

    private BroadcastSelfCheck() {}

    /** z ← op(x, y) for queries × sources, one of x and y at least being no number. */
    interface Arithmetic {
        void apply(Op op, Values x, Values y, Register z);
    }

    /** What is wrong with ND4J's, as the middle of a sentence; empty if nothing is. */
    static Optional<String> fault() {
        return fault(BroadcastSelfCheck::compute);
    }

    static Optional<String> fault(Arithmetic arithmetic) {
        for (ElementType type : new ElementType[] {ElementType.F32, ElementType.F64}) {
            for (Op op : OPERATIONS) {
                Optional<String> fault = fault(arithmetic, op, type);
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> fault(Arithmetic arithmetic, Op op, ElementType type) {
        try (Arena arena = Arena.ofConfined()) {
            var number = new Values(null, 1.75, 0, 0);
            var query = new Values(filled(arena, type, QUERIES, 0.7), 0, 1, 0);
            var source = new Values(filled(arena, type, SOURCES, -1.3), 0, 0, 1);
            var pair = new Values(filled(arena, type, QUERIES * SOURCES, 0.9), 0, SOURCES, 1);
            Register z = filled(arena, type, QUERIES * SOURCES, 0);
            return fault(arithmetic, op, number, pair, z)
                    .or(() -> fault(arithmetic, op, pair, number, z))
                    .or(() -> fault(arithmetic, op, query, source, z));
        }
    }

    private static Optional<String> fault(
            Arithmetic arithmetic, Op op, Values x, Values y, Register z) {
        arithmetic.apply(op, x, y, z);
        return compare(op, x, y, z);
    }

    private static Register filled(Arena arena, ElementType type, int count, double step) {
        var register = new Register(arena.allocate((long) count * type.bytes(), 64), type);
        for (int k = 0; k < count; k++) {
            register.set(k, (k + 1) * step);
        }
        return register;
    }

    private static void compute(Op op, Values x, Values y, Register z) {
        INDArray into = z.view(QUERIES, SOURCES);
        if (x.isScalar()) {
            Natives.apply(op, x.scalar(), view(y), into);
        } else if (y.isScalar()) {
            Natives.apply(op, view(x), y.scalar(), into);
        } else {
            Natives.apply(op, view(x), view(y), into);
        }
    }

    private static INDArray view(Values x) {
        return x.register()
                .view(x.rowStride() == 0 ? 1 : QUERIES, x.columnStride() == 0 ? 1 : SOURCES);
    }

    private static Optional<String> compare(Op op, Values x, Values y, Register z) {
        for (int q = 0; q < QUERIES; q++) {
            for (int s = 0; s < SOURCES; s++) {
                double known = op.apply(x.at(q, s), y.at(q, s), 0);
                double found = z.get((long) q * SOURCES + s);
                if (!BackendSelfCheck.isRight(found, known, z.type)) {
                    return Optional.of(
                            "%s of %s and %s in %s is %s where %s is right"
                                    .formatted(op, shape(x), shape(y), z.type, found, known));
                }
            }
        }
        return Optional.empty();
    }

    private static String shape(Values x) {
        if (x.isScalar()) {
            return "a number";
        }
        return (x.rowStride() == 0 ? 1 : QUERIES) + " × " + (x.columnStride() == 0 ? 1 : SOURCES);
    }
}
