package org.kernfield.cpu.internal.schedule;

import org.kernfield.cpu.internal.code.BoxCode;
import org.kernfield.cpu.internal.code.Fold;
import org.kernfield.cpu.internal.code.SumCode;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.kernel.Precision;

/**
 * Everything that pair code reads and writes, bound for one call.
 *
 * @param in a plane for each component of each input
 * @param source a plane for each value that depends on the source alone
 * @param uniforms all components of all uniforms
 * @param out planes that are added to
 */
record BoundPairs(Planes in, Object[] source, Object uniforms, Planes out) {
    /** Which sources, over which boxes, cut to which rows. */
    record Range(int from, int to, int[] boxes, int firstRow, int endRow) {}

    /** The same with other planes for the inputs. */
    BoundPairs with(Planes other) {
        return new BoundPairs(other, source, uniforms, out);
    }

    /** The same with other planes to add to. */
    BoundPairs into(Planes other) {
        return new BoundPairs(in, source, uniforms, other);
    }

    /** Runs {@code code} over queries {@code from} to {@code to} and some sources. */
    void run(SumCode code, int from, int to, int firstSource, int lastSource) {
        code.run(
                in.arrays(),
                in.offsets(),
                source,
                uniforms,
                out.arrays(),
                out.offsets(),
                from,
                to,
                firstSource,
                lastSource);
    }

    /**
     * Working memory of code over boxes, for one thread.
     *
     * @param laneSums of sources that are taken together, zero; null where queries are added to
     * @param rowValues what depends on rows alone
     */
    record BoxMemory(Object laneSums, Object rowValues) {}

    BoxMemory boxMemory(PairPlan plan, Precision precision) {
        int lanes = VectorWidth.lanes(precision);
        boolean sums = plan.finish != null;
        int length = Fold.together(precision) * out.count() * lanes;
        return new BoxMemory(
                sums ? Numbers.array(precision, length) : null,
                Numbers.array(precision, plan.rowValues.size() * BoxCode.BATCH));
    }

    /**
     * Runs {@code code} over boxes, adding to the queries.
     *
     * @param stride queries in a row
     */
    void run(BoxCode code, int stride, Range range, BoxMemory memory) {
        run(code, stride, range, range.from, range.to, memory);
    }

    /**
     * Runs {@code code} over boxes, adding to the sources.
     *
     * @param stride queries in a row
     */
    void runIntoSources(BoxCode code, int stride, Range range, BoxMemory memory) {
        int together = Fold.together(Numbers.precision(memory.laneSums));
        for (int from = range.from; from < range.to; from += together) {
            int to = Math.min(range.to, from + together);
            run(code, stride, range, from, to, memory);
            Fold.add(memory.laneSums, from, to, out.arrays(), out.offsets());
        }
    }

    private void run(BoxCode code, int stride, Range range, int from, int to, BoxMemory memory) {
        code.run(
                in.arrays(),
                in.offsets(),
                source,
                uniforms,
                out.arrays(),
                out.offsets(),
                stride,
                from,
                to,
                range.boxes,
                range.firstRow,
                range.endRow,
                memory.laneSums,
                memory.rowValues);
    }
}
