package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Compositing;
import org.kernfield.backend.Reduction;
import org.kernfield.cpu.internal.code.BlendCode;
import org.kernfield.cpu.internal.code.CompiledBlend;
import org.kernfield.cpu.internal.code.Tile;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.kernel.Output;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries the derivatives of a composite to its sources, tile by tile, front to back once more:
 * what lies behind a source is the result less what lies before and at it. Each pair of a source
 * and a tile has a place of its own for its sums; a source's places are then added in order.
 */
public final class CompositeGradientSchedule {
    /** Groups of tiles that share places where every source meets every tile. */
    private static final int GROUPS = 16;

    private final Execution execution;
    private final CompiledBlend blend;
    private final Args args;
    private final Planes in;
    private final Planes composited;
    private final Planes cotangents;
    private final Planes results;
    private final Object uniforms;
    private final int terms;
    private final ConcurrentLinkedQueue<TileWork> idle = new ConcurrentLinkedQueue<>();
    private Layers layers;
    private BlendCode code;
    private Object sums;
    private Object totals;
    private int stride;

    public CompositeGradientSchedule(
            Execution execution,
            CompiledBlend blend,
            Reduction reduction,
            Args args,
            Map<String, Buffer> outputs) {
        this.execution = execution;
        this.blend = blend;
        this.args = args;
        var channels = reduction.channels();
        var gradients =
                reduction.kernel().outputs().stream()
                        .filter(o -> !o.name().equals(reduction.compositing().alpha()))
                        .filter(o -> !channels.contains(o))
                        .toList();
        this.results = Planes.of(gradients, outputs);
        this.in = Planes.of(blend.plan.pairs.inputs, args);
        this.composited = Planes.of(channels, args.buffers());
        this.cotangents =
                Planes.of(
                        channels.stream()
                                .map(o -> new Output(Reduction.cotangent(o.name()), o.value()))
                                .toList(),
                        args.buffers());
        this.uniforms = blend.uniforms.pack(blend.kernel.precision(), args);
        this.terms = blend.plan.pairs.sourceTerms.size();
    }

    public void run() {
        layers = new Layers(execution, blend, args, uniforms);
        if (layers.sources.count() == 0) {
            return;
        }
        execution.warm(blend.warmups(), args.queries().count() / layers.shape.pixels());
        // 0 · ∞ at a pixel that is not painted shows as a NaN, and then all is done with care
        if (!(layers.isFinite && sum(blend.code(true)))) {
            sum(blend.code(false));
        }
        finish();
    }

    /** Fills the totals; gives whether all are finite. */
    private boolean sum(BlendCode with) {
        code = with;
        idle.clear();
        return layers.boxes == null ? everywhere() : byBoxes();
    }

    private boolean byBoxes() {
        int count = layers.visible;
        int[] starts = execution.scratch().ints("pair starts", count + 1L);
        int[] boxes = layers.boxes;
        long next = 0;
        for (int j = 0; j < count; j++) {
            starts[j] = (int) next;
            next +=
                    TileLists.tiles(
                            boxes[4 * j], boxes[4 * j + 1], boxes[4 * j + 2], boxes[4 * j + 3]);
        }
        starts[count] = (int) next;
        sums = zeros(next * terms);
        int across = layers.lists.columns;
        TileWork.Places places =
                (j, tile) -> {
                    int first = boxes[4 * j] / Tile.WIDTH;
                    int wide = (boxes[4 * j + 1] - 1) / Tile.WIDTH - first + 1;
                    int down = tile / across - boxes[4 * j + 2] / Tile.HEIGHT;
                    return (starts[j] + down * wide + tile % across - first) * terms;
                };
        execution.forEach(layers.lists.tiles, tile -> tile(tile, places));
        return total((j, k) -> starts[j] + k < starts[j + 1] ? starts[j] + k : -1);
    }

    private boolean everywhere() {
        int count = layers.sources.count();
        int tiles = layers.lists.tiles;
        int groups = Math.min(GROUPS, tiles);
        sums = zeros((long) groups * count * terms);
        execution.forEach(
                groups,
                group -> {
                    int end = (int) ((long) tiles * (group + 1) / groups);
                    for (int t = (int) ((long) tiles * group / groups); t < end; t++) {
                        tile(t, (j, tile) -> (group * count + j) * terms);
                    }
                });
        return total((j, k) -> k < groups ? k * count + j : -1);
    }

    private Object zeros(long length) {
        Object array = execution.scratch().numbers(blend.kernel.precision(), "pair sums", length);
        int part = 1 << 20;
        execution.forEach(
                Math.toIntExact(Math.ceilDiv(length, part)),
                k -> Numbers.fill(array, k * part, (int) Math.min(length, (k + 1L) * part), 0));
        return array;
    }

    private void tile(int tile, TileWork.Places places) {
        var work = idle.poll();
        if (work == null) {
            work = new TileWork(layers, code, in, uniforms, 2 + composited.count());
        }
        work.begin(tile);
        work.clear(1);
        for (int k = 0; k < composited.count(); k++) {
            work.subtractProduct(1, composited, cotangents, k);
            work.write(2 + k, cotangents, k);
        }
        var buffers = args.buffers();
        work.subtractProduct(
                1,
                Planes.of(buffers.get(Compositing.TRANSMITTANCE)),
                Planes.of(buffers.get(Reduction.cotangent(Compositing.TRANSMITTANCE))),
                0);
        work.blend(execution.resources().cancel(), sums, places);
        idle.add(work);
    }

    /** The places of a source, in order. */
    private interface Parts {
        int of(int source, int k);
    }

    /** Sums of each source over its places, in order; gives whether all are finite. */
    private boolean total(Parts parts) {
        int count = layers.sources.count();
        stride = VectorWidth.roundUp(count);
        totals =
                execution
                        .scratch()
                        .numbers(blend.kernel.precision(), "sums", (long) terms * stride);
        var isInfinite = new AtomicBoolean();
        execution.forEach(
                Math.ceilDiv(count, MapSchedule.PART),
                part -> {
                    int end = Math.min(count, (part + 1) * MapSchedule.PART);
                    var sum = new double[terms];
                    double excess = 0;
                    for (int j = part * MapSchedule.PART; j < end; j++) {
                        Arrays.fill(sum, 0);
                        int number = layers.numbers[j];
                        int k = 0;
                        for (int place = number < 0 ? -1 : parts.of(number, 0);
                                place >= 0;
                                place = parts.of(number, ++k)) {
                            for (int t = 0; t < terms; t++) {
                                sum[t] += Numbers.get(sums, place * terms + t);
                            }
                        }
                        for (int t = 0; t < terms; t++) {
                            excess += 0 * sum[t];
                            Numbers.set(totals, t * stride + j, sum[t]);
                        }
                    }
                    if (excess != 0) {
                        isInfinite.set(true);
                    }
                });
        return !isInfinite.get();
    }

    /** Derivatives from the totals. */
    private void finish() {
        var loads = blend.finish.inputs();
        Planes in = Planes.of(loads, args);
        for (int k = 0; k < loads.size(); k++) {
            if (loads.get(k).slot().name().equals(PairPlan.SOURCE_SUMS)) {
                in.set(k, totals, loads.get(k).component() * stride);
            }
        }
        layers.sources.map(blend.finish, in, results);
    }
}
