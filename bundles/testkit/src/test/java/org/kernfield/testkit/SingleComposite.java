package org.kernfield.testkit;

import org.kernfield.backend.Args;
import org.kernfield.backend.Compositing;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Output;
import org.kernfield.testkit.SinglePairs.Pair;
import org.kernfield.testkit.SinglePrecision.Fault;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Compositing in float, with what lies behind a layer as the difference of what is seen and what
 * lies before it.
 */
record SingleComposite(SingleSession session, Reduction reduction, Args args, Fault fault) {
    private float[] buffer(String name) {
        return SingleBuffer.of(args.buffers().get(name));
    }

    void run(Map<String, double[]> sums) {
        float[] depth = buffer(reduction.compositing().depth());
        List<Integer> order =
                IntStream.range(0, depth.length)
                        .boxed()
                        .sorted(
                                fault == Fault.SOURCE_ORDER
                                        ? Comparator.naturalOrder()
                                        : Comparator.comparing(j -> depth[j]))
                        .toList();
        for (int pixel = 0; pixel < args.queries().count(); pixel++) {
            pixel(pixel, order, sums);
        }
    }

    private void pixel(int pixel, List<Integer> order, Map<String, double[]> sums) {
        Compositing over = reduction.compositing();
        boolean isForward = reduction.kind() == Reduction.Kind.COMPOSITE;
        float alphaMax = fault == Fault.NEVER_CUTS ? 1 : (float) over.alphaMax();
        float transmittance = 1;
        var seen = new HashMap<String, float[]>();
        reduction.channels().forEach(o -> seen.put(o.name(), new float[o.width()]));
        for (int source : order) {
            var pair = new Pair(pixel, source, -1);
            var values = split(session.evaluate(pair));
            float alpha = values.get(over.alpha())[0];
            float a = Math.min(alpha, alphaMax);
            float next = transmittance * (1 - a);
            if (a < (float) over.alphaMin()) {
                continue;
            }
            if (next < (float) over.transmittanceMin()) {
                break;
            }
            seen.forEach(
                    (name, y) -> {
                        for (int c = 0; c < y.length; c++) {
                            y[c] += weightOf(next, a) * values.get(name)[c];
                        }
                    });
            if (!isForward) {
                back(pair, values, a, alpha > alphaMax, next, seen, sums);
            }
            transmittance = next;
        }
        if (isForward) {
            for (Output channel : reduction.channels()) {
                for (int c = 0; c < channel.width(); c++) {
                    sums.get(channel.name())[pixel * channel.width() + c] =
                            seen.get(channel.name())[c];
                }
            }
            sums.get(Compositing.TRANSMITTANCE)[pixel] = transmittance;
        }
    }

    /** T · a from T · (1 − a). */
    private static float weightOf(float next, float a) {
        return next / (1 - a) * a;
    }

    private void back(
            Pair pair,
            Map<String, float[]> values,
            float a,
            boolean isCut,
            float next,
            Map<String, float[]> seen,
            Map<String, double[]> sums) {
        int pixel = pair.query();
        var filled = new HashMap<String, float[]>();
        float behind = 0;
        float own = 0;
        for (Output channel : reduction.channels()) {
            String name = channel.name();
            int width = channel.width();
            float[] d = buffer(Reduction.cotangent(name));
            var ofChannel = new float[width];
            for (int c = 0; c < width; c++) {
                float dy = d[pixel * width + c];
                ofChannel[c] = weightOf(next, a) * dy;
                own += values.get(name)[c] * dy;
                behind += (buffer(name)[pixel * width + c] - seen.get(name)[c]) * dy;
            }
            filled.put(Reduction.cotangent(name), ofChannel);
        }
        if (fault != Fault.FORGETS_BACKGROUND) {
            String t = Compositing.TRANSMITTANCE;
            behind += buffer(t)[pixel] * buffer(Reduction.cotangent(t))[pixel];
        }
        float slope = next / (1 - a) * own - behind / (1 - a);
        filled.put(
                Reduction.cotangent(reduction.compositing().alpha()),
                new float[] {isCut ? 0 : slope});
        split(session.evaluate(pair, filled))
                .forEach(
                        (name, terms) -> {
                            double[] into = sums.get(name);
                            for (int c = 0; into != null && c < terms.length; c++) {
                                into[pair.source() * terms.length + c] += terms[c];
                            }
                        });
    }

    private Map<String, float[]> split(float[] components) {
        var byOutput = new HashMap<String, float[]>();
        int offset = 0;
        for (Output output : reduction.kernel().outputs()) {
            int end = offset + output.width();
            byOutput.put(output.name(), Arrays.copyOfRange(components, offset, end));
            offset = end;
        }
        return byOutput;
    }
}
