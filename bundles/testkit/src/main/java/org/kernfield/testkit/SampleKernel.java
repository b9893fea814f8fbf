package org.kernfield.testkit;

import org.kernfield.backend.Array;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Slot;

import java.util.LinkedHashMap;
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
        var random = new SplittableRandom(queries.count() * 31 + sources);
        var arrays = new LinkedHashMap<String, Array>();
        var uniforms = new LinkedHashMap<String, double[]>();
        for (Slot slot : kernel.slots()) {
            if (queries instanceof Queries.Raster raster && raster.slot().equals(slot.name())) {
                continue;
            }
            switch (slot.role()) {
                case UNIFORM -> {
                    var values = new double[slot.width()];
                    for (int k = 0; k < values.length; k++) {
                        values[k] = draw.number(slot, k, random);
                    }
                    uniforms.put(slot.name(), values);
                }
                case INPUT -> arrays.put(slot.name(), fill(slot, queries.count(), random));
                case PARAM -> arrays.put(slot.name(), fill(slot, sources, random));
                case PAIR ->
                        throw new IllegalArgumentException(slot + ": samples have no pair slots");
            }
        }
        String name =
                "%s of %s over %s, %s queries, %d sources"
                        .formatted(
                                kind,
                                kernel.name(),
                                over instanceof Neighbourhood.All ? "all" : "tiles",
                                queries instanceof Queries.Raster r
                                        ? r.width() + "×" + r.height()
                                        : queries.count(),
                                sources);
        var reduction = new Reduction(kind, kernel, over);
        return new Problem(name, reduction, queries, arrays, uniforms);
    }

    private Array fill(Slot slot, long rows, SplittableRandom random) {
        var values = new float[Math.toIntExact(rows * slot.width())];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) draw.number(slot, k % slot.width(), random);
        }
        return Array.of(slot.width(), values);
    }
}
