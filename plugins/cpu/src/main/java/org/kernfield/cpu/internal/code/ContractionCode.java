package org.kernfield.cpu.internal.code;

/** Compiled code of a contraction of a tile of targets with rows, some components at a time. */
public interface ContractionCode {
    /**
     * Adds the contraction over some components to {@code out}.
     *
     * @param targets component by component, a tile's targets side by side
     * @param targetsOffset where component 0 begins
     * @param rows groups of {@link ContractionCompiler#ROWS} rows, in each component by component,
     *     the rows side by side
     * @param rowsOffset where the first group begins
     * @param width components of a row
     * @param out row by row, a tile's targets side by side
     * @param outOffset where the first row begins
     * @param firstComponent to begin with
     * @param lastComponent to stop before
     * @param count rows, a multiple of {@link ContractionCompiler#ROWS}
     */
    void run(
            Object targets,
            int targetsOffset,
            Object rows,
            int rowsOffset,
            int width,
            Object out,
            int outOffset,
            int firstComponent,
            int lastComponent,
            int count);
}
