package org.kernfield.shell.internal.verb;

import org.kernfield.field.TableTask;
import org.kernfield.numerics.CounterRandom;
import org.kernfield.shell.internal.Failure;

import java.util.stream.IntStream;

/** The rows of a table in parts of nearly one size, by chance; each is held out once. */
final class Folds {
    private final TableTask whole;
    private final int count;
    private final int[] fold;

    /**
     * @param count of parts, at least 2
     * @param seed the same seed gives the same parts
     * @throws Failure if there are more parts than rows
     */
    Folds(TableTask whole, int count, long seed) {
        if (count > whole.rows()) {
            throw Failure.refused(
                    "--folds " + count,
                    "the table has only " + whole.rows() + " rows to hold out",
                    "use at most as many");
        }
        this.whole = whole;
        this.count = count;
        this.fold = shuffled(whole.rows(), count, seed);
    }

    /** Fisher and Yates' shuffle of 0, 1, … count − 1, 0, 1, … */
    private static int[] shuffled(int rows, int count, long seed) {
        int[] fold = IntStream.range(0, rows).map(row -> row % count).toArray();
        var random = new CounterRandom(seed);
        for (int k = rows - 1; k > 0; k--) {
            int other = (int) (random.uniform(0, 0, k) * (k + 1));
            int kept = fold[k];
            fold[k] = fold[other];
            fold[other] = kept;
        }
        return fold;
    }

    int count() {
        return count;
    }

    /** All rows but those of one part, which are held out. */
    TableTask task(int held) {
        int[] in = IntStream.range(0, fold.length).filter(row -> fold[row] != held).toArray();
        int[] out = IntStream.range(0, fold.length).filter(row -> fold[row] == held).toArray();
        return new TableTask(
                whole.inputNames(),
                whole.targetNames(),
                rows(whole.x(), whole.inputs(), in),
                rows(whole.y(), whole.outputs(), in),
                whole.noise() == null ? null : rows(whole.noise(), 1, in),
                new TableTask.Held(
                        rows(whole.x(), whole.inputs(), out),
                        rows(whole.y(), whole.outputs(), out)),
                whole.leftOut());
    }

    private static double[] rows(double[] values, int width, int[] which) {
        var taken = new double[which.length * width];
        for (int k = 0; k < which.length; k++) {
            System.arraycopy(values, which[k] * width, taken, k * width, width);
        }
        return taken;
    }
}
