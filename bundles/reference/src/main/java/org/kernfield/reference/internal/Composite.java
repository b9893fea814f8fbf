package org.kernfield.reference.internal;

import org.kernfield.backend.Compositing;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Slot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compositing and its derivative; the derivative computes the layers anew. */
final class Composite {
    private static final int GROUP = 64;

    private final Job job;
    private final Compositing constants;
    private final double unit;

    /** Made before the pixels are divided among threads, which cannot be divided again. */
    private final Boxes boxes;

    Composite(Job job) {
        this.job = job;
        this.constants = job.reduction().compositing();
        this.unit = job.evaluation().unit();
        this.boxes = job.reduction().over() == Neighbourhood.TILES ? Boxes.of(job) : null;
    }

    /** What is seen at each pixel and the transmittance, or how far they may be off. */
    Map<String, double[]> forward() {
        int pixels = job.queries();
        List<Output> outputs = job.reduction().channels();
        int width = outputs.stream().mapToInt(Output::width).sum();
        var seen = new double[Math.multiplyExact(pixels, width)];
        var transmittance = new double[pixels];
        Reader[] readers = job.readers(Map.of());
        job.inParts(
                pixels,
                GROUP,
                part -> {
                    var layers = new Layers(job, readers, boxes);
                    int end = Math.min(pixels, (part + 1) * GROUP);
                    for (int pixel = part * GROUP; pixel < end; pixel++) {
                        layers.at(pixel);
                        var blend = new Blend(layers, constants, unit);
                        for (int c = 0; c < width; c++) {
                            seen[pixel * width + c] = seen(layers.colour[c], blend);
                        }
                        transmittance[pixel] = transmittance(blend);
                    }
                });
        var results = new LinkedHashMap<>(Run.split(seen, outputs));
        results.put(Compositing.TRANSMITTANCE, transmittance);
        return results;
    }

    private double transmittance(Blend blend) {
        Interval t = blend.transmittance;
        return job.evaluation().isTolerance() ? (t.high() - t.low()) : t.low();
    }

    /** Σ T·a·F in order; its tolerance is the width of what it may be. */
    private double seen(Layers.Bounds colour, Blend blend) {
        Interval sum = Interval.ZERO;
        double magnitude = 0;
        for (int k = 0; k < colour.value.length; k++) {
            if (blend.isPresent[k]) {
                var term = new Interval(colour.low[k], colour.high[k]).times(blend.weight[k]);
                sum = sum.plus(term);
                magnitude += term.magnitude();
            }
        }
        if (!job.evaluation().isTolerance()) {
            return sum.low();
        }
        double tolerance = sum.high() - sum.low() + unit * magnitude;
        return Double.isNaN(tolerance) ? Double.POSITIVE_INFINITY : tolerance;
    }

    /**
     * Derivatives by parameters. Pixels follow each other on one thread, so that a source's sum has
     * one order.
     */
    Map<String, double[]> intoSources() {
        int width = job.width();
        var sums = new Sums(Math.multiplyExact(job.sources(), width));
        // an enclosure reaches from its middle half as far as one end lies from the other
        double ends = job.evaluation().isTolerance() ? 2 : 1;
        var cotangents = new Cotangents(job);
        var layers = new Layers(job, job.readers(cotangents.readers()), boxes);
        for (int pixel = 0; pixel < job.queries(); pixel++) {
            cotangents.clear();
            layers.at(pixel);
            var blend = new Blend(layers, constants, unit);
            cotangents.fill(pixel, layers, blend);
            layers.terms(
                    pixel,
                    (layer, source, component, term) -> {
                        if (blend.isPresent[layer]) {
                            sums.add(source * width + component, term * ends);
                        }
                    });
        }
        var results = Run.split(sums.values(), job.reduction().kernel().outputs());
        var gradients = new LinkedHashMap<String, double[]>();
        for (Slot slot : job.reduction().kernel().slots(Slot.Role.PARAM)) {
            String name = Reduction.cotangent(slot.name());
            if (results.containsKey(name)) {
                gradients.put(name, results.get(name));
            }
        }
        return gradients;
    }
}
