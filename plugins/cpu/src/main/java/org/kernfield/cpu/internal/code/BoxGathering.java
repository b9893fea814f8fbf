package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;

/** {@link BoxCompiler} for sums of sources: each row of a box is added to the queries in memory. */
final class BoxGathering extends BoxCompiler {
    /** Vector operations of a pair up to which a method has room for a second and third copy. */
    private static final int ROOM_FOR_TWO = 120;

    /** Lanes of which one vector is as wide as most boxes, so that rows go side by side instead. */
    private static final int WIDE = 16;

    private int[] outPlanes;
    private int[] outOffsets;

    private BoxGathering(
            PairPlan plan,
            UniformLayout uniforms,
            Precision precision,
            boolean isMasked,
            int columns,
            int rows,
            CodeBuilder b) {
        super(plan, uniforms, precision, isMasked, columns, rows, b);
    }

    static BoxGathering of(
            PairPlan plan,
            UniformLayout uniforms,
            Precision precision,
            boolean isMasked,
            CodeBuilder b) {
        boolean isTwice = plan.raster != null && !isMasked && plan.cost() <= ROOM_FOR_TWO;
        int together = isTwice ? 2 : 1;
        boolean isWide = VectorWidth.LANES >= WIDE;
        return new BoxGathering(
                plan,
                uniforms,
                precision,
                isMasked,
                isWide ? 1 : together,
                isWide ? together : 1,
                b);
    }

    @Override
    void begin() {
        outPlanes = v.planes(b.parameterSlot(4), plan.results.size());
        outOffsets = v.elements(b.parameterSlot(5), plan.results.size());
    }

    @Override
    void source(int position) {}

    @Override
    void rows(int taken, int vectors, int x, int y, int mask) {
        for (int t = 0; t < taken; t++) {
            row(vectors, x, below(y, t), mask);
        }
    }

    private void row(int vectors, int x, int y, int mask) {
        var first = emitters.getFirst();
        row(first, y);
        for (int t = 0; t < vectors; t++) {
            var emitter = emitters.get(t);
            emitter.share(first, ofRow);
            int index = index(x, y, t * v.lanes());
            queries(emitter, index);
            for (int k = 0; k < plan.results.size(); k++) {
                int before = v.load(outPlanes[k], outOffsets[k], index);
                int after = emitter.accumulate(plan.results.get(k), before);
                if (mask < 0) {
                    v.store(after, outPlanes[k], outOffsets[k], index);
                } else {
                    v.store(after, outPlanes[k], outOffsets[k], index, mask);
                }
            }
        }
        for (int t = 0; t < vectors; t++) {
            emitters.get(t).forget(ofRow);
            emitters.get(t).forget(ofQuery);
        }
    }

    @Override
    void endBand() {}
}
