package org.kernfield.cpu.internal.code;

/**
 * Compiled code that lays sources over the pixels of a {@link Tile}, one after the other, or
 * carries derivatives back along the same way.
 */
public interface BlendCode {
    /**
     * @param in a plane for each component of each input that is not a raster coordinate
     * @param inOffset where query 0 lies in each
     * @param records the values of sources that depend on them alone, source after source
     * @param starts for each source where its values begin in {@code records}
     * @param blocks for each source the blocks of the tile that it may be seen in
     * @param count sources
     * @param uniforms all components of all uniforms
     * @param tile planes of the tile: transmittance, negative where a pixel is done; then the
     *     channels, or for derivatives the negated cotangent-weighted rest of what is still to come
     *     and the channels' cotangents
     * @param column first pixel column of the tile
     * @param row first pixel row of the tile
     * @param rows how many of the tile's rows are on the raster
     * @param stride pixels in a row of the raster
     * @param sums for derivatives: overwritten by a vector for each term of each source, whose
     *     lanes are still to be added
     */
    void run(
            Object[] in,
            int[] inOffset,
            Object records,
            int[] starts,
            long[] blocks,
            int count,
            Object uniforms,
            Object tile,
            int column,
            int row,
            int rows,
            int stride,
            Object sums);
}
