package org.kernfield.cpu.internal.memory;

import org.kernfield.kernel.Precision;

import java.util.Arrays;

/** Arrays of {@code float} or of {@code double}, where code is the same for both. */
public final class Numbers {
    /** Elements that are summed before they are added to others: bounds the rounding. */
    private static final int PARTIAL = 32;

    private Numbers() {}

    /** A {@code float[]} or a {@code double[]} of zeros. */
    public static Object array(Precision precision, int length) {
        return switch (precision) {
            case F32 -> new float[length];
            case F64 -> new double[length];
        };
    }

    /** Room for so many arrays of numbers, typed. */
    public static Object[] arrays(Precision precision, int count) {
        return switch (precision) {
            case F32 -> new float[count][];
            case F64 -> new double[count][];
        };
    }

    public static Precision precision(Object array) {
        return array instanceof float[] ? Precision.F32 : Precision.F64;
    }

    public static int length(Object array) {
        return array instanceof float[] floats ? floats.length : ((double[]) array).length;
    }

    public static double get(Object array, int index) {
        return array instanceof float[] floats ? floats[index] : ((double[]) array)[index];
    }

    public static void set(Object array, int index, double value) {
        if (array instanceof float[] floats) {
            floats[index] = (float) value;
        } else {
            ((double[]) array)[index] = value;
        }
    }

    public static void fill(Object array, int from, int to, double value) {
        if (array instanceof float[] floats) {
            Arrays.fill(floats, from, to, (float) value);
        } else {
            Arrays.fill((double[]) array, from, to, value);
        }
    }

    public static Object copyOfRange(Object array, int from, int to) {
        return array instanceof float[] floats
                ? Arrays.copyOfRange(floats, from, to)
                : Arrays.copyOfRange((double[]) array, from, to);
    }

    /** The least and the greatest of some elements; NaN if one of them is. */
    public static double[] extremes(Object array, int from, int to) {
        return array instanceof float[] floats
                ? extremes(floats, from, to)
                : extremes((double[]) array, from, to);
    }

    private static double[] extremes(float[] numbers, int from, int to) {
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            least = Math.min(least, numbers[i]);
            greatest = Math.max(greatest, numbers[i]);
        }
        return new double[] {least, greatest};
    }

    private static double[] extremes(double[] numbers, int from, int to) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            least = Math.min(least, numbers[i]);
            greatest = Math.max(greatest, numbers[i]);
        }
        return new double[] {least, greatest};
    }

    /**
     * Copies {@code length} elements, {@code group} of them side by side, then {@code width} times
     * as many places further on.
     */
    public static void interleave(
            Object from, int start, Object to, int at, int group, int width, int length) {
        int apart = group * width;
        if (from instanceof float[] floats) {
            var places = (float[]) to;
            for (int i = 0; i < length; i++) {
                places[at + i / group * apart + i % group] = floats[start + i];
            }
        } else {
            var doubles = (double[]) from;
            var places = (double[]) to;
            for (int i = 0; i < length; i++) {
                places[at + i / group * apart + i % group] = doubles[start + i];
            }
        }
    }

    /** Σ of some elements, in float64. */
    public static double sum(Object array, int from, int to) {
        return array instanceof float[] floats
                ? sum(floats, from, to)
                : sum((double[]) array, from, to);
    }

    private static double sum(float[] numbers, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += numbers[i];
        }
        return sum;
    }

    private static double sum(double[] numbers, int from, int to) {
        if (to - from <= PARTIAL) {
            return partial(numbers, from, to);
        }
        var sum = new RunningSum();
        for (int first = from; first < to; first += PARTIAL) {
            sum.add(partial(numbers, first, Math.min(to, first + PARTIAL)));
        }
        return sum.value();
    }

    private static double partial(double[] numbers, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += numbers[i];
        }
        return sum;
    }

    /**
     * Copies elements {@code from} to {@code to} − 1, each to {@code at} + {@code step} times the
     * place it is given; those with a negative place stay.
     */
    public static void scatter(
            Object array, int from, int to, int[] places, Object into, int at, int step) {
        if (array instanceof float[] floats) {
            var targets = (float[]) into;
            for (int i = from; i < to; i++) {
                if (places[i] >= 0) {
                    targets[at + places[i] * step] = floats[i];
                }
            }
        } else {
            var doubles = (double[]) array;
            var targets = (double[]) into;
            for (int i = from; i < to; i++) {
                if (places[i] >= 0) {
                    targets[at + places[i] * step] = doubles[i];
                }
            }
        }
    }

    /** Copies elements without their signs. */
    public static void magnitudes(Object from, int start, Object to, int at, int length) {
        if (from instanceof float[] floats) {
            var targets = (float[]) to;
            for (int k = 0; k < length; k++) {
                targets[at + k] = Math.abs(floats[start + k]);
            }
        } else {
            var doubles = (double[]) from;
            var targets = (double[]) to;
            for (int k = 0; k < length; k++) {
                targets[at + k] = Math.abs(doubles[start + k]);
            }
        }
    }

    /** Subtracts the products of elements of two arrays from those of a third. */
    public static void subtractProducts(
            Object a, int i, Object b, int j, Object from, int at, int length) {
        if (from instanceof float[] rests) {
            var x = (float[]) a;
            var y = (float[]) b;
            for (int k = 0; k < length; k++) {
                rests[at + k] = (float) (rests[at + k] - (double) x[i + k] * y[j + k]);
            }
        } else {
            var rests = (double[]) from;
            var x = (double[]) a;
            var y = (double[]) b;
            for (int k = 0; k < length; k++) {
                rests[at + k] -= x[i + k] * y[j + k];
            }
        }
    }

    /** Copies {@code n} elements, those that {@code index} names, next to each other. */
    public static void gather(Object array, int first, int[] index, int n, Object into, int at) {
        if (array instanceof float[] floats) {
            var targets = (float[]) into;
            for (int k = 0; k < n; k++) {
                targets[at + k] = floats[first + index[k]];
            }
        } else {
            var doubles = (double[]) array;
            var targets = (double[]) into;
            for (int k = 0; k < n; k++) {
                targets[at + k] = doubles[first + index[k]];
            }
        }
    }

    /** {@code into[k] = from[index[k]]} for k from {@code begin} to {@code end} − 1. */
    public static void gather(Object from, int[] index, int begin, int end, Object into) {
        if (from instanceof float[] floats) {
            var targets = (float[]) into;
            for (int k = begin; k < end; k++) {
                targets[k] = floats[index[k]];
            }
        } else {
            var doubles = (double[]) from;
            var targets = (double[]) into;
            for (int k = begin; k < end; k++) {
                targets[k] = doubles[index[k]];
            }
        }
    }

    /**
     * {@code into[at + index[k]] = from[start + k]} for k from {@code begin} to {@code end} − 1.
     */
    public static void scatter(
            Object from, int start, int[] index, int begin, int end, Object into, int at) {
        if (from instanceof float[] floats) {
            var targets = (float[]) into;
            for (int k = begin; k < end; k++) {
                targets[at + index[k]] = floats[start + k];
            }
        } else {
            var doubles = (double[]) from;
            var targets = (double[]) into;
            for (int k = begin; k < end; k++) {
                targets[at + index[k]] = doubles[start + k];
            }
        }
    }

    /** The largest of some elements; NaN if one is. */
    public static double max(Object array, int from, int to) {
        double max = Double.NEGATIVE_INFINITY;
        if (array instanceof float[] floats) {
            for (int i = from; i < to; i++) {
                max = Math.max(max, floats[i]);
            }
        } else {
            var doubles = (double[]) array;
            for (int i = from; i < to; i++) {
                max = Math.max(max, doubles[i]);
            }
        }
        return max;
    }

    /** Adds {@code length} elements of {@code from} to {@code to}, an array of the same type. */
    public static void add(Object from, int start, Object to, int at, int length) {
        if (from instanceof float[] floats) {
            var sums = (float[]) to;
            for (int i = 0; i < length; i++) {
                sums[at + i] += floats[start + i];
            }
        } else {
            var doubles = (double[]) from;
            var sums = (double[]) to;
            for (int i = 0; i < length; i++) {
                sums[at + i] += doubles[start + i];
            }
        }
    }

    /** Copies {@code length} elements between arrays of one kind. */
    public static void copy(Object from, int start, Object to, int at, int length) {
        System.arraycopy(from, start, to, at, length);
    }
}
