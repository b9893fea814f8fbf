package org.kernfield.rbf;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.Model;
import org.kernfield.field.ModelException;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Kernels in a model, two bytes a number: centres as fixed-point offsets in their block (steps of
 * 0.008 pixels), shapes and colours as binary16; and one count a block.
 */
final class Packing {
    private static final double STEP = (Blocks.SIDE + 2.0 * Blocks.MARGIN) / 65535;

    private Packing() {}

    /** float32 equivalents of one kernel: 2 centre, 3 shape and its colours, two bytes each. */
    static double parametersOfKernel(int channels) {
        return (5 + channels) / 2.0;
    }

    /** Centres and shapes rounded to what a model stores; colours as they are. */
    static Kernels rounded(Kernels kernels, Blocks blocks) {
        var centres = kernels.centres().clone();
        for (int j = 0; j < kernels.count(); j++) {
            int block = blocks.of(centres[2 * j], centres[2 * j + 1]);
            for (int axis = 0; axis < 2; axis++) {
                double origin = origin(blocks, block, axis);
                centres[2 * j + axis] = decode(encode(centres[2 * j + axis], origin), origin);
            }
        }
        return new Kernels(
                centres, halves(kernels.shapes()), kernels.colours(), kernels.channels());
    }

    private static double origin(Blocks blocks, int block, int axis) {
        return (axis == 0 ? blocks.left(block) : blocks.top(block)) - Blocks.MARGIN;
    }

    private static long encode(float x, double origin) {
        return Math.clamp(Math.round((x - origin) / STEP), 0, 65535);
    }

    private static float decode(long offset, double origin) {
        return (float) (origin + offset * STEP);
    }

    private static float[] halves(float[] values) {
        var rounded = new float[values.length];
        for (int k = 0; k < values.length; k++) {
            rounded[k] = Float.float16ToFloat(Float.floatToFloat16(values[k]));
        }
        return rounded;
    }

    /**
     * The arrays of a model.
     *
     * @param kernels in the order of {@link Kernels#spatialOrder}
     */
    static Map<String, Array> pack(Kernels kernels, Blocks blocks) {
        int n = kernels.count();
        Array counts = Array.zeros(ElementType.I32, blocks.count(), 1);
        Array centres = Array.zeros(ElementType.U16, n, 2);
        for (int j = 0; j < n; j++) {
            float x = kernels.centres()[2 * j];
            float y = kernels.centres()[2 * j + 1];
            int block = blocks.of(x, y);
            counts.set(block, counts.get(block) + 1);
            centres.set(2L * j, encode(x, origin(blocks, block, 0)));
            centres.set(2L * j + 1, encode(y, origin(blocks, block, 1)));
        }
        var arrays = new LinkedHashMap<String, Array>();
        arrays.put("blocks", counts);
        arrays.put("centres", centres);
        arrays.put("shapes", kernels.shapeArray().as(ElementType.F16));
        arrays.put("colours", kernels.colourArray().as(ElementType.F16));
        return arrays;
    }

    /**
     * The kernels of a model.
     *
     * @throws ModelException if arrays are missing or do not fit together
     */
    static Kernels unpack(Model model, Blocks blocks, int channels) {
        Array counts = model.array("blocks", 1);
        Array centres = model.array("centres", 2);
        Array shapes = model.array("shapes", 3);
        Array colours = model.array("colours", channels);
        long total = 0;
        for (long b = 0; b < counts.rows(); b++) {
            total += Math.max(0, (long) counts.get(b));
        }
        if (counts.rows() != blocks.count()
                || total != centres.rows()
                || shapes.rows() != total
                || colours.rows() != total) {
            throw new ModelException(
                    "model: %d blocks with %d kernels, %d centres, %d shapes and %d colours do not go together; write it anew"
                            .formatted(
                                    counts.rows(),
                                    total,
                                    centres.rows(),
                                    shapes.rows(),
                                    colours.rows()));
        }
        var places = new float[Math.toIntExact(2 * total)];
        int j = 0;
        for (int b = 0; b < blocks.count(); b++) {
            for (long k = (long) counts.get(b); k > 0; k--, j++) {
                places[2 * j] = decode((long) centres.get(2L * j), origin(blocks, b, 0));
                places[2 * j + 1] = decode((long) centres.get(2L * j + 1), origin(blocks, b, 1));
            }
        }
        return new Kernels(places, shapes.toFloats(), colours.toFloats(), channels);
    }
}
