package org.kernfield.cpu.internal.schedule;

import org.kernfield.cpu.internal.code.CompiledMap;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Precision;

import java.util.Arrays;

/** What becomes of the values of a row's pairs, which come piece after piece. */
abstract class RowReducer {
    final Planes out;
    final int width;

    RowReducer(Planes out) {
        this.out = out;
        this.width = out.count();
    }

    /**
     * Takes pairs of the row.
     *
     * @param values a plane of {@code stride} elements for each component
     * @param from first element of the pairs
     * @param to element to stop before
     * @param source the source of each element
     */
    abstract void add(Object values, int stride, int from, int to, int[] source);

    /** Writes the row's result and begins anew. */
    abstract void end(int row);

    final void write(int c, int row, double value) {
        Numbers.set(out.arrays()[c], out.offsets()[c] + row, value);
    }

    /** Σ, in float64. */
    static final class Sum extends RowReducer {
        private final double[] sums;

        /** What rounding took from them: terms that are alike are all rounded the same way. */
        private final double[] rests;

        Sum(Planes out) {
            super(out);
            sums = new double[width];
            rests = new double[width];
        }

        @Override
        void add(Object values, int stride, int from, int to, int[] source) {
            for (int c = 0; c < width; c++) {
                double more = Numbers.sum(values, c * stride + from, c * stride + to);
                double before = sums[c];
                sums[c] = before + more;
                double added = sums[c] - before;
                rests[c] += before - (sums[c] - added) + (more - added);
            }
        }

        @Override
        void end(int row) {
            for (int c = 0; c < width; c++) {
                double whole = sums[c] + rests[c];
                write(c, row, Double.isNaN(whole) ? sums[c] : whole);
                sums[c] = 0;
                rests[c] = 0;
            }
        }
    }

    /** log Σ exp, relative to the largest so far. */
    static final class LogSum extends RowReducer {
        private final CompiledMap exponential;
        private final double[] max;
        private final double[] sums;
        private final Object shift;
        private final Object terms;
        private final Planes in = new Planes(1);
        private final Planes scratch = new Planes(1);

        /**
         * @param exponential exp(a − shift)
         * @param length pairs of a piece at most
         */
        LogSum(Planes out, CompiledMap exponential, int length) {
            super(out);
            this.exponential = exponential;
            Precision precision = exponential.kernel.precision();
            max = new double[width];
            sums = new double[width];
            shift = Numbers.array(precision, 1);
            terms = Numbers.array(precision, length + 2 * VectorWidth.LANES);
            Arrays.fill(max, Double.NEGATIVE_INFINITY);
        }

        @Override
        void add(Object values, int stride, int from, int to, int[] source) {
            for (int c = 0; c < width; c++) {
                double larger =
                        Math.max(max[c], Numbers.max(values, c * stride + from, c * stride + to));
                if (Double.isInfinite(larger) || Double.isNaN(larger)) {
                    // ∞ outweighs everything; −∞ adds nothing to nothing
                    sums[c] = larger > 0 ? 1 : 0;
                } else {
                    if (sums[c] != 0 && larger > max[c]) {
                        sums[c] *= Math.exp(max[c] - larger);
                    }
                    sums[c] += exponentials(values, c * stride + from, to - from, larger);
                }
                max[c] = larger;
            }
        }

        private double exponentials(Object values, int at, int n, double larger) {
            Numbers.set(shift, 0, larger);
            in.set(0, values, at);
            scratch.set(0, terms, 0);
            exponential
                    .code
                    .code()
                    .run(
                            in.arrays(),
                            in.offsets(),
                            shift,
                            scratch.arrays(),
                            scratch.offsets(),
                            0,
                            VectorWidth.roundUp(n));
            return Numbers.sum(terms, 0, n);
        }

        @Override
        void end(int row) {
            for (int c = 0; c < width; c++) {
                write(c, row, sums[c] == 0 ? max[c] : max[c] + Math.log(sums[c]));
                sums[c] = 0;
                max[c] = Double.NEGATIVE_INFINITY;
            }
        }
    }

    /** The largest and its source. */
    static final class Max extends RowReducer {
        private final Planes args;
        private final double[] max;
        private final int[] arg;

        Max(Planes out, Planes args) {
            super(out);
            this.args = args;
            max = new double[width];
            arg = new int[width];
            clear();
        }

        private void clear() {
            Arrays.fill(max, Double.NEGATIVE_INFINITY);
            Arrays.fill(arg, -1);
        }

        @Override
        void add(Object values, int stride, int from, int to, int[] source) {
            for (int c = 0; c < width; c++) {
                for (int k = from; k < to; k++) {
                    double v = Numbers.get(values, c * stride + k);
                    if (Maxima.isAbove(v, source[k], max[c], arg[c])) {
                        max[c] = v;
                        arg[c] = source[k];
                    }
                }
            }
        }

        @Override
        void end(int row) {
            for (int c = 0; c < width; c++) {
                write(c, row, max[c]);
                ((int[]) args.arrays()[c])[args.offsets()[c] + row] = arg[c];
            }
            clear();
        }
    }
}
