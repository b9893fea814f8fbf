package org.kernfield.cpu.internal.memory;

import org.kernfield.backend.Budget;

import java.util.HashMap;
import java.util.Map;

/** Working arrays of a session, kept from call to call and counted against its budget. */
public final class Scratch {
    private final Budget budget;
    private final Map<String, float[]> floats = new HashMap<>();
    private final Map<String, int[]> ints = new HashMap<>();
    private long bytes;

    public Scratch(Budget budget) {
        this.budget = budget;
    }

    /** At least {@code length} floats under a name; content undefined. */
    public float[] floats(String name, long length) {
        float[] array = floats.get(name);
        if (array == null || array.length < length) {
            take(length - (array == null ? 0 : array.length));
            array = new float[Math.toIntExact(length)];
            floats.put(name, array);
        }
        return array;
    }

    /** At least {@code length} ints under a name; content undefined. */
    public int[] ints(String name, long length) {
        int[] array = ints.get(name);
        if (array == null || array.length < length) {
            take(length - (array == null ? 0 : array.length));
            array = new int[Math.toIntExact(length)];
            ints.put(name, array);
        }
        return array;
    }

    private void take(long elements) {
        budget.take(elements * 4, "working memory of " + elements + " numbers");
        bytes += elements * 4;
    }

    public void close() {
        floats.clear();
        ints.clear();
        budget.release(bytes);
        bytes = 0;
    }
}
