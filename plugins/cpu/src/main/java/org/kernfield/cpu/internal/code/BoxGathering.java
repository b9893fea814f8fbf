package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/** {@link BoxCompiler} for sums of sources: each row of a box is added to the queries in memory. */
final class BoxGathering extends BoxCompiler {
    /** Vector operations of a pair up to which a method has room for a second and third copy. */
    private static final int ROOM_FOR_TWO = 120;

    /** Lanes of which one vector is as wide as most boxes. */
    private static final int WIDE = 16;

    private final int columns;
    private final int[] outPlanes;
    private final int[] outOffsets;

    /**
     * @param columns vectors of columns of a band
     */
    BoxGathering(
            PairPlan plan,
            UniformLayout uniforms,
            Precision precision,
            int columns,
            CodeBuilder b) {
        super(plan, uniforms, precision, columns, b);
        this.columns = columns;
        outPlanes = v.planes(b.parameterSlot(4), plan.results.size());
        outOffsets = v.elements(b.parameterSlot(5), plan.results.size());
    }

    static int columns(PairPlan plan, boolean isMasked) {
        boolean isWide = VectorWidth.LANES >= WIDE;
        return !isMasked && !isWide && plan.cost() <= ROOM_FOR_TWO ? 2 : 1;
    }

    @Override
    void band(boolean isMasked) {
        Label done = b.newLabel();
        if (columns > 1) {
            Label narrow = b.newLabel();
            b.iload(end).iload(x).isub().loadConstant(columns * v.lanes()).if_icmplt(narrow);
            rows(columns, -1);
            b.goto_(done);
            b.labelBinding(narrow);
            emitters.forEach(e -> e.forget(plan.ofColumn));
        }
        rows(1, isMasked ? v.inRange(x, end) : -1);
        b.labelBinding(done);
    }

    private void rows(int vectors, int mask) {
        ofColumns(vectors);
        eachRow((row, index) -> row(vectors, row, index, mask));
    }

    private void row(int vectors, int row, int index, int mask) {
        var first = emitters.getFirst();
        rowValues(first, row);
        for (int t = 0; t < vectors; t++) {
            var emitter = emitters.get(t);
            emitter.share(first, plan.rowValues);
            b.iload(index).loadConstant(t * v.lanes()).iadd();
            int here = v.storeInt();
            queries(emitter, here);
            for (int k = 0; k < plan.results.size(); k++) {
                int before = v.load(outPlanes[k], outOffsets[k], here);
                int after = emitter.accumulate(plan.results.get(k), before);
                if (mask < 0) {
                    v.store(after, outPlanes[k], outOffsets[k], here);
                } else {
                    v.store(after, outPlanes[k], outOffsets[k], here, mask);
                }
            }
        }
        for (int t = 0; t < vectors; t++) {
            emitters.get(t).forget(plan.rowValues);
            emitters.get(t).forget(ofQuery);
        }
    }
}
