package org.kernfield.template;

import org.kernfield.backend.Array;
import org.kernfield.field.Image;
import org.kernfield.field.Settings;
import org.kernfield.numerics.CounterRandom;

/**
 * Where the kernels stand: one in each cell of a grid that reaches a cell beyond the picture, so
 * that its border is covered as its middle is, and moved at random by a tenth of the cell.
 *
 * @param centres kernels × 2, in pixels
 * @param radius of every kernel, in pixels
 */
record Grid(Array centres, double radius) {
    private static final double JITTER = 0.1;

    static Grid of(Image image, Settings settings) {
        int w = image.width();
        int h = image.height();
        long kernels = kernels(image, settings);
        // square cells, n of them a pixel: (n·w + 2)(n·h + 2) = kernels
        double n = (Math.sqrt((double) (w - h) * (w - h) + (double) w * h * kernels) - w - h);
        n /= (double) w * h;
        long columns = count(n * w);
        long rows = count(n * h);
        if (w >= h) {
            columns = Math.max(1, kernels / rows);
        } else {
            rows = Math.max(1, kernels / columns);
        }
        var across = new Axis(w, (int) columns);
        var down = new Axis(h, (int) rows);

        var random = new CounterRandom(settings.get(WendlandRepresentation.SEED));
        var centres = new float[(int) (rows * columns) * 2];
        for (int k = 0; k < rows * columns; k++) {
            centres[2 * k] = across.at(k % columns, random.uniform(0, 0, k));
            centres[2 * k + 1] = down.at(k / columns, random.uniform(0, 1, k));
        }
        double overlap = settings.get(WendlandRepresentation.OVERLAP);
        return new Grid(Array.of(2, centres), overlap * Math.max(across.cell(), down.cell()));
    }

    /** A side of {@code length} pixels cut into cells; from three on, the outer two lie beyond. */
    private record Axis(int length, int cells) {
        int beyond() {
            return cells < 3 ? 0 : 1;
        }

        double cell() {
            return (double) length / (cells - 2 * beyond());
        }

        /** The place of the kernel of a cell, {@code chance} in [0, 1) deciding on its jitter. */
        float at(long index, double chance) {
            return (float) ((index - beyond() + 0.5 + JITTER * (2 * chance - 1)) * cell());
        }
    }

    /** Cells along a side: those within and one beyond each end, or a single one. */
    private static long count(double within) {
        return within < 0.5 ? 1 : Math.round(within) + 2;
    }

    private static long kernels(Image image, Settings settings) {
        if (settings.isGiven(WendlandRepresentation.KERNELS)) {
            return settings.get(WendlandRepresentation.KERNELS);
        }
        if (settings.isGiven(WendlandRepresentation.PARAMETERS)) {
            // a kernel is its centre and its colour
            long parameters = settings.get(WendlandRepresentation.PARAMETERS);
            return Math.max(1, parameters / (2 + image.channels()));
        }
        return Math.max(1, image.pixels() / 8);
    }
}
