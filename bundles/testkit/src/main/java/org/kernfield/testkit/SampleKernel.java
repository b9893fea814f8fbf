package org.kernfield.testkit;

import org.kernfield.backend.Array;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Slot;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A kernel and the range of numbers it is fed with.
 *
 * @param kernel the formula
 * @param draw a number for a component of a slot
 * @param cancels whether terms cancel within themselves, so that no rounded arithmetic gives them
 *     to a relative precision
 */
public record SampleKernel(Kernel kernel, Draw draw, boolean cancels) {
    /** Draws numbers for slots. */
    @FunctionalInterface
    public interface Draw {
        /**
         * @param slot the slot
         * @param component which of its components
         * @param random where it draws from
         */
        double number(Slot slot, int component, SplittableRandom random);
    }

    /** Numbers for {@code queries} and {@code sources}, the same whenever asked. */
    public Problem problem(Reduction.Kind kind, Neighbourhood over, Queries queries, int sources) {
        return problem(new Reduction(kind, kernel, over), queries, sources);
    }

    /** As {@link #problem(Reduction.Kind, Neighbourhood, Queries, int)}, of its kernel. */
    public Problem problem(Reduction reduction, Queries queries, int sources) {
        var random = new SplittableRandom(queries.count() * 31 + sources);
        var arrays = new LinkedHashMap<String, Array>();
        var uniforms = new LinkedHashMap<String, double[]>();
        boolean listed = reduction.over() == Neighbourhood.LISTS;
        NeighbourLists lists = listed ? lists(queries.count(), sources, random) : null;
        for (Slot slot : kernel.slots()) {
            boolean isRaster =
                    queries instanceof Queries.Raster raster && raster.slot().equals(slot.name());
            if (isRaster || reduction.filled().contains(slot.name())) {
                continue;
            }
            int width = slot.width();
            switch (slot.role()) {
                case UNIFORM -> {
                    var values = new double[width];
                    for (int k = 0; k < values.length; k++) {
                        values[k] = draw.number(slot, k, random);
                    }
                    uniforms.put(slot.name(), values);
                }
                case INPUT -> arrays.put(slot.name(), fill(slot, queries.count(), width, random));
                case PARAM -> arrays.put(slot.name(), fill(slot, sources, width, random));
                case PAIR ->
                        arrays.put(
                                slot.name(),
                                listed
                                        ? fill(slot, lists.pairs(), width, random)
                                        : fill(slot, queries.count(), sources * width, random));
            }
        }
        String name =
                "%s of %s over %s, %s queries, %d sources"
                        .formatted(
                                reduction.kind(),
                                kernel.name(),
                                reduction
                                        .over()
                                        .getClass()
                                        .getSimpleName()
                                        .toLowerCase(Locale.ROOT),
                                queries instanceof Queries.Raster r
                                        ? r.width() + "×" + r.height()
                                        : queries.count(),
                                sources);
        return new Problem(name, reduction, queries, arrays, uniforms, lists);
    }

    /** Lists of 0 to 12 sources in any order, some of them named twice. */
    private static NeighbourLists lists(long queries, int sources, SplittableRandom random) {
        var lists = new int[Math.toIntExact(queries)][];
        for (int i = 0; i < lists.length; i++) {
            int length = sources == 0 ? 0 : random.nextInt(13);
            lists[i] = random.ints(length, 0, Math.max(1, sources)).toArray();
        }
        return NeighbourLists.of(sources, lists);
    }

    private Array fill(Slot slot, long rows, int width, SplittableRandom random) {
        var values = new float[Math.toIntExact(rows * width)];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) draw.number(slot, k % slot.width(), random);
        }
        return Array.of(width, values);
    }
}
