package org.kernfield.cpu.internal.code;

/** Compiled code of a map: one row after the other, whole vectors of rows at a time. */
public interface MapCode {
    /**
     * @param in a plane for each component of each input, see {@code Planes}
     * @param inOffset where row 0 lies in each
     * @param uniforms all components of all uniforms
     * @param out a plane for each output component
     * @param outOffset where row 0 lies in each
     * @param from first row
     * @param to row to stop before; {@code to − from} is a multiple of the vector length
     */
    void run(
            Object[] in,
            int[] inOffset,
            Object uniforms,
            Object[] out,
            int[] outOffset,
            int from,
            int to);
}
