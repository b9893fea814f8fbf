package org.kernfield.cpu.internal.code;

/**
 * Compiled code that lays sources over the pixels of a {@link Tile}, one after the other, or
 * carries derivatives back along the same way.
 */
public interface BlendCode {
    /** Numbers of a source in {@code spans}. */
    int SPAN = 5;

    /**
     * @param in a plane for each component of each input that is not a raster coordinate
     * @param inOffset where query 0 lies in each
     * @param records the values of each source that depend on it alone, source after source
     * @param spans for each source first column, end column, first row, end row within the tile,
     *     and where its sums begin in {@code sums}
     * @param count sources
     * @param uniforms all components of all uniforms
     * @param tile planes of the tile: transmittance, negative where a pixel is done; then the
     *     channels, or for derivatives the cotangent-weighted rest of what is still to come and the
     *     channels' cotangents
     * @param column first pixel column of the tile
     * @param row first pixel row of the tile
     * @param stride pixels in a row of the raster
     * @param sums added to: the terms of each source, one after the other
     * @param scratch a vector for each term
     */
    void run(
            Object[] in,
            int[] inOffset,
            Object records,
            int[] spans,
            int count,
            Object uniforms,
            Object tile,
            int column,
            int row,
            int stride,
            Object sums,
            Object scratch);
}
