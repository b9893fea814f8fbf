package org.kernfield.nd4j.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.Compositing;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a block's cotangents are for α and the channels of each layer:
 *
 * <pre>
 *   d_F = T · a · d_y
 *   d_α = T · (F · d_y) − (S · d_y + T_end · d_T) / (1 − a)
 * </pre>
 *
 * with S what is seen of the layers behind, which is the result less what lies before, and 0 where
 * a is cut, skipped or not reached.
 */
final class Cotangents {
    private final Reduction reduction;
    private final Map<String, Array> arrays;
    private final List<Output> channels;

    /** Of the block that a thread is working on. */
    private final ThreadLocal<Slopes> slopes = new ThreadLocal<>();

    /**
     * @param arrays of the arguments: results and their cotangents among them
     */
    Cotangents(Reduction reduction, Map<String, Array> arrays) {
        this.reduction = reduction;
        this.arrays = arrays;
        this.channels = reduction.channels();
    }

    /**
     * Derivatives of a block.
     *
     * @param alpha by place in the block
     * @param channel by channel component, then place
     */
    record Slopes(double[] alpha, double[][] channel) {}

    /** Fills the late slots of this thread's block. */
    void fill(Slopes ofBlock) {
        slopes.set(ofBlock);
    }

    void clear() {
        slopes.remove();
    }

    /** What fills the pair slots; a pair's row is its place in the block. */
    Map<String, Reader> readers() {
        var readers = new LinkedHashMap<String, Reader>();
        readers.put(
                Reduction.cotangent(reduction.compositing().alpha()),
                new Reader.Filled((place, component) -> slopes.get().alpha()[(int) place]));
        int offset = 0;
        for (Output output : channels) {
            int first = offset;
            readers.put(
                    Reduction.cotangent(output.name()),
                    new Reader.Filled(
                            (place, component) ->
                                    slopes.get().channel()[first + component][(int) place]));
            offset += output.width();
        }
        return readers;
    }

    /** The cotangents of a pixel's channels. */
    double[] ofChannels(int pixel) {
        return numbers(pixel, true);
    }

    /** What is seen at a pixel. */
    double[] seen(int pixel) {
        return numbers(pixel, false);
    }

    private double[] numbers(int pixel, boolean areCotangents) {
        var numbers = new double[channels.stream().mapToInt(Output::width).sum()];
        int at = 0;
        for (Output output : channels) {
            Array array =
                    arrays.get(areCotangents ? Reduction.cotangent(output.name()) : output.name());
            for (int c = 0; c < output.width(); c++) {
                numbers[at++] = array.get((long) pixel * output.width() + c);
            }
        }
        return numbers;
    }

    /** T_end · d_T of a pixel. */
    double ofTransmittance(int pixel) {
        return arrays.get(Compositing.TRANSMITTANCE).get(pixel)
                * arrays.get(Reduction.cotangent(Compositing.TRANSMITTANCE)).get(pixel);
    }
}
