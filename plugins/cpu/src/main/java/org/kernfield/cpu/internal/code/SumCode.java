package org.kernfield.cpu.internal.code;

/** Compiled code of a sum over sources, a vector of queries at a time. */
public interface SumCode {
    /**
     * Adds the terms of sources {@code firstSource} to {@code lastSource} − 1 to the outputs.
     *
     * @param in a plane for each component of each input
     * @param inOffset where row 0 lies in each
     * @param source a plane for each value that depends on the source alone; after those, in tiles,
     *     one for each contraction, row by row from {@code firstSource} on
     * @param uniforms all components of all uniforms
     * @param out a plane for each output component; added to
     * @param outOffset where row 0 lies in each
     * @param from first query
     * @param to query to stop before; {@code to − from} is a multiple of the vector length
     */
    void run(
            Object[] in,
            int[] inOffset,
            Object[] source,
            Object uniforms,
            Object[] out,
            int[] outOffset,
            int from,
            int to,
            int firstSource,
            int lastSource);
}
