package org.kernfield.nd4j.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Compositing;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Output;
import org.kernfield.numerics.RadixSort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Compositing and its derivative: tiles of pixels against stretches of the sources near them,
 * nearest first. α, channels and derivatives are computed array by array; what is laid over what,
 * pixel by pixel.
 */
final class CompositeWalk {
    private static final int TILE = 256;

    /** Of a depth while it is sorted. */
    private static final int BYTES_OF_KEY = 32;

    private final Job job;
    private final Boxes boxes;
    private final Compositing constants;
    private final int[] nearestFirst;
    private final int alpha;
    private final int[] channels;
    private final List<Output> outputs;
    private final QueryTiles tiles;
    private final int stretch;

    CompositeWalk(Job job, Reduction reduction, Args args, Map<String, Array> arrays, Boxes boxes) {
        this.job = job;
        this.boxes = boxes;
        this.constants = reduction.compositing();
        this.outputs = reduction.channels();
        nearestFirst = nearestFirst(job, arrays.get(constants.depth()));
        alpha = components(List.of(constants.alpha()))[0];
        channels = components(outputs.stream().map(Output::name).toList());
        tiles = QueryTiles.of(args.queries(), TILE);
        stretch = Math.max(1, job.pairs() / TILE);
    }

    private static int[] nearestFirst(Job job, Array depth) {
        job.take((long) BYTES_OF_KEY * job.sources, "depths of kernel " + job.kernel.name());
        var keys = new double[job.sources];
        for (int j = 0; j < keys.length; j++) {
            job.look(j);
            keys[j] = depth.get(j);
        }
        return RadixSort.order(keys, job.resources.workers(), job.resources.cancel());
    }

    /** Where the components of outputs stand among all components. */
    private int[] components(List<String> names) {
        var components = new ArrayList<Integer>();
        int offset = 0;
        for (Output output : job.kernel.outputs()) {
            if (names.contains(output.name())) {
                IntStream.range(offset, offset + output.width()).forEach(components::add);
            }
            offset += output.width();
        }
        return components.stream().mapToInt(k -> k).toArray();
    }

    private int[] near(int[] rows) {
        return boxes == null
                ? nearestFirst
                : boxes.meeting(job.reader(boxes.slot()), rows, rows.length, nearestFirst);
    }

    /** The pixels of one tile on their way from front to back. */
    private final class Pixels {
        final int[] rows;
        final double[] transmittance;
        final double[][] seen;
        final boolean[] isDone;
        int open;

        Pixels(int[] rows) {
            this.rows = rows;
            transmittance = new double[rows.length];
            Arrays.fill(transmittance, 1);
            seen = new double[channels.length][rows.length];
            isDone = new boolean[rows.length];
            open = rows.length;
        }

        /**
         * Lays a source over a pixel.
         *
         * @return its opacity a, or −1 if it has no part
         */
        double lay(int q, double ofSource) {
            if (isDone[q]) {
                return -1;
            }
            double a = Math.min(ofSource, constants.alphaMax());
            if (a < constants.alphaMin()) {
                return -1;
            }
            if (transmittance[q] * (1 - a) < constants.transmittanceMin()) {
                isDone[q] = true;
                open--;
                return -1;
            }
            return a;
        }

        void add(Block block, int q, int s, double a) {
            double weight = transmittance[q] * a;
            for (int c = 0; c < channels.length; c++) {
                seen[c][q] += weight * block.result(channels[c]).at(q, s);
            }
            transmittance[q] *= 1 - a;
        }
    }

    private interface Stretch {
        /**
         * @param some the sources of the block
         */
        void take(Block block, int[] some);
    }

    private void eachStretch(Block block, Pixels pixels, Stretch action) {
        block.queries(pixels.rows, pixels.rows.length);
        int[] near = near(pixels.rows);
        for (int from = 0; from < near.length && pixels.open > 0; from += stretch) {
            int[] some = Arrays.copyOfRange(near, from, Math.min(near.length, from + stretch));
            block.sources(some, some.length);
            block.pairs((q, s) -> (long) q * some.length + s);
            action.take(block, some);
        }
    }

    /** Writes what is seen at each pixel and the transmittance. */
    void forward(Map<String, Array> written) {
        var into = new ArrayList<Results.Output>();
        outputs.forEach(o -> into.add(new Results.Output(written.get(o.name()), o.width())));
        into.add(new Results.Output(written.get(Compositing.TRANSMITTANCE), 1));
        var results = new Results(into);
        job.blocks(TILE, stretch, tiles.count());
        job.inParts(
                tiles.count(),
                (block, part) -> {
                    var pixels = new Pixels(tiles.rows(part));
                    eachStretch(block, pixels, (b, some) -> lay(b, pixels, some.length));
                    for (int q = 0; q < pixels.rows.length; q++) {
                        for (int c = 0; c < channels.length; c++) {
                            results.set(pixels.rows[q], c, pixels.seen[c][q]);
                        }
                        results.set(pixels.rows[q], channels.length, pixels.transmittance[q]);
                    }
                });
    }

    private void lay(Block block, Pixels pixels, int count) {
        Values opacity = block.result(alpha);
        for (int q = 0; q < pixels.rows.length; q++) {
            for (int s = 0; s < count && !pixels.isDone[q]; s++) {
                double a = pixels.lay(q, opacity.at(q, s));
                if (!(a < 0)) {
                    pixels.add(block, q, s, a);
                }
            }
        }
    }

    /** Writes derivatives by parameters. */
    void intoSources(Cotangents cotangents, Map<String, Array> written) {
        job.blocks(TILE, stretch, tiles.count());
        Sums totals =
                TileSums.of(
                        job,
                        tiles.count(),
                        job.kernel.outputWidth(),
                        (block, tile) -> shares(block, cotangents, tiles.rows(tile)));
        store(totals, written);
    }

    private void store(Sums totals, Map<String, Array> written) {
        int offset = 0;
        for (Output output : job.kernel.outputs()) {
            // of a derivative's kernel, α and the channels are no results
            Array into = written.get(output.name());
            for (int c = 0; into != null && c < output.width(); c++) {
                for (int j = 0; j < job.sources; j++) {
                    job.look(j);
                    into.set((long) j * output.width() + c, totals.get(offset + c, j));
                }
            }
            offset += output.width();
        }
    }

    private List<TileSums.Share> shares(Block block, Cotangents cotangents, int[] rows) {
        var pixels = new Pixels(rows);
        var gradient = new Gradient(cotangents, rows);
        var shares = new ArrayList<TileSums.Share>();
        try {
            eachStretch(
                    block,
                    pixels,
                    (b, some) -> {
                        boolean[] isPresent = gradient.layers(b, pixels, some.length);
                        b.late((q, s) -> (long) q * some.length + s);
                        shares.add(new TileSums.Share(some, sums(b, isPresent)));
                    });
        } finally {
            cotangents.clear();
        }
        return shares;
    }

    /** Sums over the pixels in which a source has a part. */
    private Sums sums(Block block, boolean[] isPresent) {
        var sums = new Sums(job.kernel.outputWidth(), block.sources());
        for (int r = 0; r < sums.width(); r++) {
            Values x = block.result(r);
            for (int q = 0; q < block.queries(); q++) {
                for (int s = 0; s < block.sources(); s++) {
                    if (isPresent[q * block.sources() + s]) {
                        sums.add(r, s, x.at(q, s));
                    }
                }
            }
        }
        return sums;
    }

    /** The cotangents of a tile's layers, front to back. */
    private final class Gradient {
        private final Cotangents cotangents;
        private final double[][] ofChannels;
        private final double[] total;

        Gradient(Cotangents cotangents, int[] rows) {
            this.cotangents = cotangents;
            ofChannels = new double[rows.length][];
            total = new double[rows.length];
            for (int q = 0; q < rows.length; q++) {
                ofChannels[q] = cotangents.ofChannels(rows[q]);
                double[] seen = cotangents.seen(rows[q]);
                total[q] = cotangents.ofTransmittance(rows[q]);
                for (int c = 0; c < seen.length; c++) {
                    total[q] += seen[c] * ofChannels[q][c];
                }
            }
        }

        /** Fills the late slots of a block; says which layers have a part. */
        boolean[] layers(Block block, Pixels pixels, int count) {
            int places = pixels.rows.length * count;
            var isPresent = new boolean[places];
            var slopes =
                    new Cotangents.Slopes(new double[places], new double[channels.length][places]);
            Values opacity = block.result(alpha);
            for (int q = 0; q < pixels.rows.length; q++) {
                for (int s = 0; s < count && !pixels.isDone[q]; s++) {
                    double given = opacity.at(q, s);
                    double a = pixels.lay(q, given);
                    if (!(a < 0)) {
                        int place = q * count + s;
                        isPresent[place] = true;
                        slope(block, pixels, slopes, q, s, place, a, given > constants.alphaMax());
                    }
                }
            }
            cotangents.fill(slopes);
            return isPresent;
        }

        private void slope(
                Block block,
                Pixels pixels,
                Cotangents.Slopes slopes,
                int q,
                int s,
                int place,
                double a,
                boolean isCut) {
            double before = pixels.transmittance[q];
            double own = 0;
            for (int c = 0; c < channels.length; c++) {
                slopes.channel()[c][place] = before * a * ofChannels[q][c];
                own += block.result(channels[c]).at(q, s) * ofChannels[q][c];
            }
            pixels.add(block, q, s, a);
            total[q] -= before * a * own;
            slopes.alpha()[place] = isCut ? 0 : before * own - total[q] / (1 - a);
        }
    }
}
