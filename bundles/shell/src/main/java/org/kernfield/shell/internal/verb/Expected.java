package org.kernfield.shell.internal.verb;

import org.kernfield.backend.Array;
import org.kernfield.engine.FieldHandle;
import org.kernfield.field.Prediction;
import org.kernfield.field.Predictive;
import org.kernfield.field.Predictive.Wanted;

import java.util.Arrays;
import java.util.List;

/**
 * What a field expects at points, asked for in parts so that any number of points fits into memory.
 *
 * @param outputs values at a point, p
 * @param mean m × p
 * @param variance m × p; null where it was not asked for
 */
record Expected(int outputs, double[] mean, double[] variance) {
    private static final int PART = 4096;

    /**
     * @param x m × inputs, row-major
     */
    static Expected at(FieldHandle field, double[] x, int inputs, Wanted wanted, boolean isLatent) {
        return field.use(
                Predictive.class,
                (predictive, compute) -> {
                    int outputs = predictive.targetNames().size();
                    int rows = x.length / inputs;
                    var mean = new double[rows * outputs];
                    var variance = wanted == Wanted.MEAN ? null : new double[mean.length];
                    for (int first = 0; first < rows; first += PART) {
                        int end = Math.min(rows, first + PART);
                        Array part =
                                Array.of(
                                        inputs,
                                        Arrays.copyOfRange(x, first * inputs, end * inputs));
                        Prediction found = predictive.predict(part, wanted, isLatent, compute);
                        copy(found.mean(), mean, first * outputs);
                        if (variance != null) {
                            copy(found.variance(), variance, first * outputs);
                        }
                    }
                    return new Expected(outputs, mean, variance);
                });
    }

    private static void copy(Array from, double[] to, int place) {
        for (int k = 0; k < from.elements(); k++) {
            to[place + k] = from.get(k);
        }
    }

    static List<String> inputNames(FieldHandle field) {
        return field.use(Predictive.class, (p, compute) -> List.copyOf(p.inputNames()));
    }

    static List<String> targetNames(FieldHandle field) {
        return field.use(Predictive.class, (p, compute) -> List.copyOf(p.targetNames()));
    }
}
