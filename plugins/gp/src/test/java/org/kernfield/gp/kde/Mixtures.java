package org.kernfield.gp.kde;

import org.kernfield.field.TableTask;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Rows of two normal clouds of different widths. */
final class Mixtures {
    private Mixtures() {}

    /** Rows × columns numbers. */
    static double[] points(int rows, int columns, long seed) {
        var random = new SplittableRandom(seed);
        var points = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            boolean isFirst = i % 3 == 0;
            for (int k = 0; k < columns; k++) {
                points[i * columns + k] =
                        isFirst ? 0.3 * random.nextGaussian() : 4 + random.nextGaussian();
            }
        }
        return points;
    }

    /** With as many inputs and one more column as the target. */
    static TableTask table(int rows, int inputs, long seed) {
        double[] x = points(rows, inputs, seed);
        double[] y = points(rows, 1, seed + 1);
        var names = IntStream.range(0, inputs).mapToObj(k -> "c" + k).toList();
        return new TableTask(names, List.of("y"), x, y, null, null);
    }
}
