package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Buffer;
import org.kernfield.backend.Reduction;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Output;

import java.util.Arrays;
import java.util.Map;

/** The largest values so far and the sources that have them. */
final class Maxima {
    private Maxima() {}

    /** The planes of the numbers of sources. */
    static Planes planes(Reduction reduction, Map<String, Buffer> outputs) {
        return Planes.of(
                reduction.kernel().outputs().stream()
                        .map(o -> new Output(Reduction.ARG + o.name(), o.value()))
                        .toList(),
                outputs);
    }

    static void clear(Planes out, Planes args, int from, int to) {
        for (int c = 0; c < out.count(); c++) {
            int at = out.offsets()[c];
            Numbers.fill(out.arrays()[c], at + from, at + to, Double.NEGATIVE_INFINITY);
            at = args.offsets()[c];
            Arrays.fill((int[]) args.arrays()[c], at + from, at + to, -1);
        }
    }

    /**
     * Whether a value comes before what there is: NaN above all, at a tie the lower source.
     *
     * @param arg −1 if there is nothing yet, which −∞ does not change
     */
    static boolean isAbove(double v, int source, double max, int arg) {
        if (v < max) {
            return false;
        }
        boolean isTie = v == max || v != v && max != max;
        return isTie ? source < arg : max == max;
    }

    /**
     * Takes the values of queries {@code from} to {@code to} − 1.
     *
     * @param source the source of query 0, the next ones' follow if {@code advance} is 1
     */
    static void join(
            Planes values, int from, int to, int source, int advance, Planes out, Planes args) {
        for (int c = 0; c < values.count(); c++) {
            int at = values.offsets()[c];
            int place = out.offsets()[c];
            var arg = (int[]) args.arrays()[c];
            int argPlace = args.offsets()[c];
            if (out.arrays()[c] instanceof float[] max) {
                var v = (float[]) values.arrays()[c];
                for (int i = from; i < to; i++) {
                    if (!(v[at + i] < max[place + i])) {
                        int s = source + advance * i;
                        if (isAbove(v[at + i], s, max[place + i], arg[argPlace + i])) {
                            max[place + i] = v[at + i];
                            arg[argPlace + i] = s;
                        }
                    }
                }
            } else {
                var max = (double[]) out.arrays()[c];
                var v = (double[]) values.arrays()[c];
                for (int i = from; i < to; i++) {
                    if (!(v[at + i] < max[place + i])) {
                        int s = source + advance * i;
                        if (isAbove(v[at + i], s, max[place + i], arg[argPlace + i])) {
                            max[place + i] = v[at + i];
                            arg[argPlace + i] = s;
                        }
                    }
                }
            }
        }
    }
}
