package org.kernfield.reference.internal;

import org.kernfield.backend.Compositing;
import org.kernfield.kernel.Output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sources that may lie over a pixel, nearest first, with α and channels of each as the least,
 * the given and the greatest value. Filled anew for each pixel.
 */
final class Layers {
    private final Job job;
    private final Lanes block;
    private final int[] nearestFirst;
    private final Boxes boxes;
    private final Reader bounded;
    private final int alpha;
    private final int[] channels;

    /** Sources over the pixel and how many. */
    int[] sources = {};

    /** By layer. */
    final Bounds opacity = new Bounds();

    /** By channel, then layer. */
    final Bounds[] colour;

    /** Least, given and greatest values. */
    static final class Bounds {
        double[] low = {};
        double[] value = {};
        double[] high = {};

        void resize(int count) {
            low = new double[count];
            value = new double[count];
            high = new double[count];
        }
    }

    /**
     * @param boxes of the sources, or null
     */
    Layers(Job job, Reader[] readers, Boxes boxes) {
        this.job = job;
        this.boxes = boxes;
        this.block = job.block(readers);
        Compositing compositing = job.reduction().compositing();
        double[] depth = job.buffers().get(compositing.depth()).values();
        nearestFirst =
                IntStream.range(0, depth.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(j -> depth[j]))
                        .mapToInt(j -> j)
                        .toArray();
        bounded =
                boxes == null
                        ? null
                        : readers[
                                IntStream.range(0, readers.length)
                                        .filter(s -> boxes.bounds(job.code().slots.get(s)))
                                        .findFirst()
                                        .orElseThrow()];
        alpha = components(List.of(compositing.alpha()))[0];
        channels = components(job.reduction().channels().stream().map(Output::name).toList());
        colour = new Bounds[channels.length];
        Arrays.setAll(colour, c -> new Bounds());
    }

    /** Where the components of outputs stand among all components. */
    int[] components(List<String> names) {
        var components = new ArrayList<Integer>();
        int offset = 0;
        for (Output output : job.reduction().kernel().outputs()) {
            if (names.contains(output.name())) {
                IntStream.range(offset, offset + output.width()).forEach(components::add);
            }
            offset += output.width();
        }
        return components.stream().mapToInt(k -> k).toArray();
    }

    int count() {
        return sources.length;
    }

    int channels() {
        return channels.length;
    }

    /** Evaluates all layers of a pixel. */
    void at(int pixel) {
        if (boxes == null) {
            sources = nearestFirst;
        } else {
            var near = new boolean[nearestFirst.length];
            for (int j : boxes.meeting(bounded, pixel, pixel + 1)) {
                near[j] = true;
            }
            sources = Arrays.stream(nearestFirst).filter(j -> near[j]).toArray();
        }
        opacity.resize(count());
        Arrays.stream(colour).forEach(c -> c.resize(count()));
        eachBlock(
                pixel,
                (first, lanes) -> {
                    copy(alpha, opacity, first, lanes);
                    for (int c = 0; c < channels.length; c++) {
                        copy(channels[c], colour[c], first, lanes);
                    }
                });
    }

    private void copy(int component, Bounds into, int first, int lanes) {
        System.arraycopy(block.low(component, lanes), 0, into.low, first, lanes);
        System.arraycopy(block.values(component), 0, into.value, first, lanes);
        System.arraycopy(block.high(component, lanes), 0, into.high, first, lanes);
    }

    /** Evaluates all layers again, for what the pair slots have been filled with since. */
    void terms(int pixel, TermAction action) {
        eachBlock(
                pixel,
                (first, lanes) -> {
                    for (int r = 0; r < job.width(); r++) {
                        double[] terms = block.terms(r, lanes);
                        for (int k = 0; k < lanes; k++) {
                            action.take(first + k, sources[first + k], r, terms[k]);
                        }
                    }
                });
    }

    /** Takes what a layer contributes to a component. */
    @FunctionalInterface
    interface TermAction {
        void take(int layer, int source, int component, double term);
    }

    @FunctionalInterface
    private interface BlockAction {
        void take(int first, int lanes);
    }

    private void eachBlock(int pixel, BlockAction action) {
        int[] all = job.code().all();
        int lanes = job.lanes();
        for (int from = 0; from < count(); from += lanes) {
            job.resources().cancel().check();
            int first = from;
            int count = Math.min(lanes, count() - first);
            block.evaluate(
                    all,
                    (role, lane) ->
                            switch (role) {
                                case INPUT -> pixel;
                                case PARAM -> sources[first + lane];
                                case PAIR -> first + lane;
                                case UNIFORM -> 0;
                            },
                    count);
            action.take(first, count);
        }
    }
}
