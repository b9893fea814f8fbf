package org.kernfield.nd4j.internal;

import org.kernfield.kernel.Op;

/**
 * The operations that ND4J lacks or computes wrongly, element by element over a block, in float64
 * and rounded when stored.
 */
final class Elementwise {
    private Elementwise() {}

    /** z ← op(operands), element (q, s) of queries × sources. */
    static void apply(Op op, Values[] x, Register z, int queries, int sources) {
        Values a = x[0];
        Values b = x.length > 1 ? x[1] : a;
        Values c = x.length > 2 ? x[2] : a;
        for (int q = 0; q < queries; q++) {
            long row = (long) q * sources;
            switch (op) {
                case LESS -> {
                    for (int s = 0; s < sources; s++) {
                        z.set(row + s, a.at(q, s) < b.at(q, s) ? 1 : 0);
                    }
                }
                case LESS_EQUAL -> {
                    for (int s = 0; s < sources; s++) {
                        z.set(row + s, a.at(q, s) <= b.at(q, s) ? 1 : 0);
                    }
                }
                case SELECT -> {
                    for (int s = 0; s < sources; s++) {
                        z.set(row + s, a.at(q, s) != 0 ? b.at(q, s) : c.at(q, s));
                    }
                }
                case MIN -> {
                    for (int s = 0; s < sources; s++) {
                        z.set(row + s, Math.min(a.at(q, s), b.at(q, s)));
                    }
                }
                case MAX -> {
                    for (int s = 0; s < sources; s++) {
                        z.set(row + s, Math.max(a.at(q, s), b.at(q, s)));
                    }
                }
                case RANDOM -> {
                    for (int s = 0; s < sources; s++) {
                        double v = op.apply(a.at(q, s), b.at(q, s), c.at(q, s), x[3].at(q, s));
                        z.set(row + s, v);
                    }
                }
                default -> {
                    for (int s = 0; s < sources; s++) {
                        z.set(row + s, op.apply(a.at(q, s), b.at(q, s), c.at(q, s)));
                    }
                }
            }
        }
    }
}
