package org.kernfield.nd4j.internal;

import org.kernfield.backend.Array;

import java.util.List;

/** The arrays that results are written into: components of all outputs side by side. */
final class Results {
    private final Array[] array;
    private final int[] offset;

    /**
     * @param outputs array and width of each output, in order
     */
    Results(List<Output> outputs) {
        int width = outputs.stream().mapToInt(Output::width).sum();
        array = new Array[width];
        offset = new int[width];
        int at = 0;
        for (Output output : outputs) {
            for (int c = 0; c < output.width(); c++) {
                array[at] = output.array();
                offset[at++] = c;
            }
        }
    }

    /**
     * Where an output is written.
     *
     * @param array whose rows may hold several groups of the output's components
     * @param width of the output
     */
    record Output(Array array, int width) {}

    int width() {
        return array.length;
    }

    void set(long row, int component, double value) {
        array[component].set(row * array[component].width() + offset[component], value);
    }

    /** Stores into a matrix whose rows hold {@code width} components for each source. */
    void set(long row, long source, int component, int width, double value) {
        array[component].set(
                row * array[component].width() + source * width + offset[component], value);
    }
}
