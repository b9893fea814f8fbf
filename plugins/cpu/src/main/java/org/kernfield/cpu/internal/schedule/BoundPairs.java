package org.kernfield.cpu.internal.schedule;

import org.kernfield.cpu.internal.code.BoxCode;
import org.kernfield.cpu.internal.code.SumCode;
import org.kernfield.cpu.internal.memory.Planes;

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
    record Range(int[] list, int from, int to, int[] boxes, int firstRow, int endRow) {}

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
     * Runs {@code code} over boxes.
     *
     * @param stride queries in a row
     * @param scratch a vector for each plane of {@code out}; null when gathering
     */
    void run(BoxCode code, int stride, Range range, Object scratch) {
        code.run(
                in.arrays(),
                in.offsets(),
                source,
                uniforms,
                out.arrays(),
                out.offsets(),
                stride,
                range.list(),
                range.from(),
                range.to(),
                range.boxes(),
                range.firstRow(),
                range.endRow(),
                scratch);
    }
}
