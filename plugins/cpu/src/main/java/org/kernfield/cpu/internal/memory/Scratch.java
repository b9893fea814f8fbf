package org.kernfield.cpu.internal.memory;

import org.kernfield.backend.Budget;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.kernel.Precision;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Working arrays of a session, kept from call to call and counted against its budget. */
public final class Scratch {
    /** Elements of the longest array. */
    private static final int MOST = Integer.MAX_VALUE - 8;

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
            int bytes = ElementType.of(precision).bytes();
            array = make(length, known, bytes, n -> Numbers.array(precision, n));
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
        int known = array == null ? 0 : array.length;
        if (array == null || known < length) {
            array = make(length, known, Integer.BYTES, int[]::new);
            ints.put(name, array);
        }
        return array;
    }

    /** At least {@code length} longs under a name; content undefined. */
    public long[] longs(String name, long length) {
        long[] array = longs.get(name);
        int known = array == null ? 0 : array.length;
        if (array == null || known < length) {
            array = make(length, known, Long.BYTES, long[]::new);
            longs.put(name, array);
        }
        return array;
    }

    /** A longer array, the bytes beyond those of the one before taken of the budget. */
    private <T> T make(long length, int known, int bytesOfOne, IntFunction<T> array) {
        if (length > MOST) {
            throw new OutOfBudgetException(
                    length
                            + " numbers of working memory: at most "
                            + MOST
                            + " fit into one array; use fewer queries or sources");
        }
        long more = (length - known) * bytesOfOne;
        budget.take(more, "working memory of " + more + " bytes");
        try {
            T made = array.apply((int) length);
            bytes += more;
            return made;
        } catch (OutOfMemoryError e) {
            budget.release(more);
            throw e;
        }
    }

    public void close() {
        numbers.clear();
        ints.clear();
        longs.clear();
        budget.release(bytes);
        bytes = 0;
    }
}
