package org.kernfield.gp.model;

import org.kernfield.field.TableTask;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Tables of few rows to fit to, and a kernel with which nothing is searched for. */
final class SmallTables {
    static final String FIXED = "1.0 fixed*rbf(lengthscale=1 fixed) + white(variance=0.01 fixed)";

    private SmallTables() {}

    static TableTask table(double[] x, int d, double... y) {
        var names = IntStream.range(0, d).mapToObj(c -> "c" + c).toList();
        return new TableTask(names, List.of("y"), x, y, null, null);
    }

    /** A wave of two columns of different scales, in units far from 1. */
    static TableTask wave(int n) {
        var random = new SplittableRandom(3);
        var x = new double[2 * n];
        var y = new double[n];
        for (int i = 0; i < n; i++) {
            x[2 * i] = random.nextDouble(-3, 3);
            x[2 * i + 1] = random.nextDouble(1e6, 3e6);
            y[i] = 1000 + 50 * Math.sin(x[2 * i]) + 1e-5 * x[2 * i + 1] + random.nextDouble();
        }
        return table(x, 2, y);
    }
}
