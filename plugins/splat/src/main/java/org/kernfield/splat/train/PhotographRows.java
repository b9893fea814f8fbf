package org.kernfield.splat.train;

import org.kernfield.backend.Array;
import org.kernfield.field.State;

import java.util.Arrays;

/**
 * Numbers that each photograph has of its own, moved by Adam whenever it is looked at. They are so
 * few that they stay in host memory.
 */
final class PhotographRows {
    private final String name;
    private final int width;
    private final float[] values;
    private final float[] first;
    private final float[] second;
    private final float[] looks;

    /**
     * @param initial of every photograph
     */
    PhotographRows(String name, int photographs, float... initial) {
        this.name = name;
        this.width = initial.length;
        values = new float[photographs * width];
        for (int k = 0; k < photographs; k++) {
            System.arraycopy(initial, 0, values, k * width, width);
        }
        first = new float[values.length];
        second = new float[values.length];
        looks = new float[photographs];
    }

    int photographs() {
        return looks.length;
    }

    /** The numbers of one. */
    Array row(int photograph) {
        return Array.of(
                width, Arrays.copyOfRange(values, photograph * width, (photograph + 1) * width));
    }

    /**
     * One step.
     *
     * @param gradient of the row
     * @param rates one a number
     */
    void step(int photograph, float[] gradient, double[] rates) {
        int steps = (int) ++looks[photograph];
        double correction1 = SplatStep.correction1(steps);
        double correction2 = SplatStep.correction2(steps);
        for (int c = 0; c < width; c++) {
            int at = photograph * width + c;
            double g = gradient[c];
            double m = SplatStep.BETA_1 * first[at] + (1 - SplatStep.BETA_1) * g;
            double v = SplatStep.BETA_2 * second[at] + (1 - SplatStep.BETA_2) * g * g;
            first[at] = (float) m;
            second[at] = (float) v;
            double direction = m * correction1 / (Math.sqrt(v * correction2) + SplatStep.EPSILON);
            values[at] -= (float) (rates[c] * direction);
        }
    }

    /** Moves all by the same numbers, so that their mean is {@code wanted}. */
    void centre(float... wanted) {
        int n = photographs();
        for (int c = 0; c < width; c++) {
            double mean = 0;
            for (int k = 0; k < n; k++) {
                mean += (double) values[k * width + c] / n;
            }
            for (int k = 0; k < n; k++) {
                values[k * width + c] += (float) (wanted[c] - mean);
            }
        }
    }

    void save(State into) {
        into.arrays().put(name, Array.of(width, values.clone()));
        into.arrays().put(name + ".first", Array.of(width, first.clone()));
        into.arrays().put(name + ".second", Array.of(width, second.clone()));
        into.arrays().put(name + ".looks", Array.of(1, looks.clone()));
    }

    /** Takes up what {@link #save} wrote. */
    void restore(State from) {
        take(from.array(name), values);
        take(from.array(name + ".first"), first);
        take(from.array(name + ".second"), second);
        take(from.array(name + ".looks"), looks);
    }

    private static void take(Array from, float[] into) {
        System.arraycopy(from.toFloats(), 0, into, 0, into.length);
    }
}
