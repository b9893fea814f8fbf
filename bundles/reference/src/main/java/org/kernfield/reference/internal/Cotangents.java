package org.kernfield.reference.internal;

import org.kernfield.backend.Compositing;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pixel's cotangents are for α and the channels of each layer:
 *
 * <pre>
 *   d_F = T · a · d_y
 *   d_α = T · (F · d_y) − (S · d_y + T_end · d_T) / (1 − a)
 * </pre>
 *
 * with S what is seen of the layers behind, and 0 where a is cut, skipped or not reached.
 */
final class Cotangents {
    private final Job job;
    private final List<Output> outputs;
    private final double[][] seen;
    private final double[] transmittance;
    private Interval[] ofAlpha = {};
    private final Interval[][] ofChannels;

    Cotangents(Job job) {
        this.job = job;
        this.outputs = job.reduction().channels();
        this.seen = outputs.stream().map(o -> numbers(o.name())).toArray(double[][]::new);
        this.transmittance = numbers(Compositing.TRANSMITTANCE);
        this.ofChannels = new Interval[outputs.stream().mapToInt(Output::width).sum()][0];
    }

    private double[] numbers(String result) {
        return job.buffers().get(Reduction.cotangent(result)).values();
    }

    /** What fills the pair slots, a row a layer. */
    Map<String, Reader> readers() {
        var readers = new LinkedHashMap<String, Reader>();
        readers.put(
                Reduction.cotangent(job.reduction().compositing().alpha()),
                new Filled(
                        (row, component) -> row < ofAlpha.length ? ofAlpha[row] : Interval.ZERO));
        int offset = 0;
        for (Output output : outputs) {
            int first = offset;
            readers.put(
                    Reduction.cotangent(output.name()),
                    new Filled(
                            (row, component) ->
                                    row < ofAlpha.length
                                            ? ofChannels[first + component][row]
                                            : Interval.ZERO));
            offset += output.width();
        }
        return readers;
    }

    @FunctionalInterface
    private interface Numbers {
        Interval at(int row, int component);
    }

    /** The middle stands for the value. */
    private record Filled(Numbers numbers) implements Reader {
        @Override
        public double get(int row, int component) {
            Interval n = numbers.at(row, component);
            return n.low() == n.high() ? n.low() : (n.low() + n.high()) / 2;
        }

        @Override
        public double low(int row, int component) {
            return numbers.at(row, component).low();
        }

        @Override
        public double high(int row, int component) {
            return numbers.at(row, component).high();
        }
    }

    /** Zeros, while the layers themselves are evaluated. */
    void clear() {
        ofAlpha = new Interval[0];
    }

    void fill(int pixel, Layers layers, Blend blend) {
        int count = layers.count();
        double unit = job.evaluation().unit();
        var d = cotangents(pixel);
        ofAlpha = new Interval[count];
        for (int c = 0; c < d.length; c++) {
            ofChannels[c] = new Interval[count];
        }
        Interval behind = blend.transmittance.times(transmittance[pixel]);
        double magnitude = magnitude(layers, blend, d) + behind.magnitude();
        for (int k = count - 1; k >= 0; k--) {
            Interval own = Interval.ZERO;
            for (int c = 0; c < d.length; c++) {
                var colour = new Interval(layers.colour[c].low[k], layers.colour[c].high[k]);
                ofChannels[c][k] = blend.weight[k].times(d[c]);
                if (blend.isPresent[k]) {
                    own = own.plus(colour.times(d[c]));
                }
            }
            ofAlpha[k] = ofAlpha(k, blend, own, behind, unit == 0 ? 0 : unit * magnitude);
            if (blend.isPresent[k]) {
                behind = behind.plus(own.times(blend.weight[k]));
            }
        }
    }

    /**
     * A backend may have what lies behind as the difference of what is seen and what lies before,
     * with the rounding of both.
     */
    private static Interval ofAlpha(
            int k, Blend blend, Interval own, Interval behind, double rounding) {
        if (blend.isConstant[k]) {
            return Interval.ZERO;
        }
        Interval through = Interval.ONE.minus(blend.opacity[k]);
        Interval rest =
                behind.widened(rounding).times(new Interval(1 / through.high(), 1 / through.low()));
        Interval slope = blend.before[k].times(own).minus(rest);
        return blend.mayBeConstant[k] ? slope.or(Interval.ZERO) : slope;
    }

    private static double magnitude(Layers layers, Blend blend, double[] d) {
        double sum = 0;
        for (int c = 0; c < d.length; c++) {
            double[] values = layers.colour[c].value;
            for (int k = 0; k < values.length; k++) {
                if (blend.isPresent[k]) {
                    sum += Math.abs(d[c] * values[k] * blend.weight[k].high());
                }
            }
        }
        return sum;
    }

    private double[] cotangents(int pixel) {
        var d = new double[ofChannels.length];
        int at = 0;
        for (int o = 0; o < seen.length; o++) {
            int width = outputs.get(o).width();
            System.arraycopy(seen[o], pixel * width, d, at, width);
            at += width;
        }
        return d;
    }
}
