package org.kernfield.cpu.internal.code;

/** Compiled code of a contraction of tiles of targets with groups of rows. */
public interface ContractionCode {
    /**
     * Contracts some components.
     *
     * @param targets tile by tile, in each component by component, the tile's targets side by side
     * @param tiles how many
     * @param rows group by group, in each component by component, the group's rows side by side
     * @param group where the first group begins in {@code rows}
     * @param groups how many
     * @param depth components in all
     * @param from component to begin with
     * @param to component to stop before
     * @param out row by row, {@code width} elements apart, the targets side by side
     * @param at where the first group's first row begins in {@code out}
     * @param width elements between two rows of {@code out}
     * @param targetSquares |x|² of each target; null where the form needs none
     * @param rowSquares |p|² of each row; null where the form needs none
     * @param first the first group's first row
     * @param scales a number for each component; null where the form needs none
     */
    void run(
            Object targets,
            int tiles,
            Object rows,
            int group,
            int groups,
            int depth,
            int from,
            int to,
            Object out,
            int at,
            int width,
            Object targetSquares,
            Object rowSquares,
            int first,
            Object scales);
}
