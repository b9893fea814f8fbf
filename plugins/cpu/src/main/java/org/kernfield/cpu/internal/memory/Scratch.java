package org.kernfield.cpu.internal.memory;

import org.kernfield.backend.Budget;
import org.kernfield.backend.ElementType;
import org.kernfield.kernel.Precision;

import java.util.HashMap;
import java.util.Map;

/** Working arrays of a session, kept from call to call and counted against its budget. */
public final class Scratch {
    private final Budget budget;
    private final Map<String, Object> numbers = new HashMap<>();
    private final Map<String, int[]> ints = new HashMap<>();
    private final Map<String, long[]> longs = new HashMap<>();
    private long bytes;

    public Scratch(Budget budget) {
        this.budget = budget;
    }

    /** At least {@code length} floats or doubles under a name; content undefined. */
    public Object numbers(Precision precision, String name, long length) {
        String key = precision + " " + name;
        Object array = numbers.get(key);
        int known = array == null ? 0 : Numbers.length(array);
        if (array == null || known < length) {
            take((length - known) * ElementType.of(precision).bytes());
            array = Numbers.array(precision, Math.toIntExact(length));
            numbers.put(key, array);
        }
        return array;
    }

    /** At least {@code length} floats under a name; content undefined. */
    public float[] floats(String name, long length) {
        return (float[]) numbers(Precision.F32, name, length);
    }

    /** At least {@code length} ints under a name; content undefined. */
    public int[] ints(String name, long length) {
        int[] array = ints.get(name);
        if (array == null || array.length < length) {
            take((length - (array == null ? 0 : array.length)) * Integer.BYTES);
            array = new int[Math.toIntExact(length)];
            ints.put(name, array);
        }
        return array;
    }

    /** At least {@code length} longs under a name; content undefined. */
    public long[] longs(String name, long length) {
        long[] array = longs.get(name);
        if (array == null || array.length < length) {
            take((length - (array == null ? 0 : array.length)) * Long.BYTES);
            array = new long[Math.toIntExact(length)];
            longs.put(name, array);
        }
        return array;
    }

    private void take(long more) {
        budget.take(more, "working memory of " + more + " bytes");
        bytes += more;
    }

    public void close() {
        numbers.clear();
        ints.clear();
        longs.clear();
        budget.release(bytes);
        bytes = 0;
    }
}
