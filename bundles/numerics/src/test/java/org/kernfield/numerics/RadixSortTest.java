package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

class RadixSortTest {
    private static final CancelToken NONE = CancelToken.NONE;
    private static final Workers THREE = new Pool(3);

    @Property(tries = 200)
    void ordersFloatsStably(@ForAll float[] keys) {
        assertThat(RadixSort.order(keys, THREE, NONE))
                .isEqualTo(stable(keys.length, (a, b) -> Float.compare(keys[a], keys[b])));
    }

    @Property(tries = 200)
    void ordersDoublesStably(@ForAll double[] keys) {
        assertThat(RadixSort.order(keys, THREE, NONE))
                .isEqualTo(stable(keys.length, (a, b) -> Double.compare(keys[a], keys[b])));
    }

    @Property(tries = 200)
    void ordersIntegersStably(@ForAll int @IntRange(min = -3, max = 3) [] keys) {
        assertThat(RadixSort.order(keys, THREE, NONE))
                .isEqualTo(stable(keys.length, Comparator.comparingInt(k -> keys[k])));
    }

    @Test
    void zerosHaveSignsAndNotANumberIsLast() {
        float[] floats = {
            Float.intBitsToFloat(0xFFC00001),
            0f,
            Float.POSITIVE_INFINITY,
            -0f,
            Float.NaN,
            Float.MIN_VALUE,
            Float.NEGATIVE_INFINITY,
            -Float.MIN_VALUE,
            -1
        };
        var doubles = new double[floats.length];
        for (int k = 0; k < floats.length; k++) {
            doubles[k] = floats[k];
        }
        doubles[0] = Double.longBitsToDouble(0xFFF8000000000001L);

        int[] order = {6, 8, 7, 3, 1, 5, 2, 0, 4};
        assertThat(RadixSort.order(floats, THREE, NONE)).isEqualTo(order);
        assertThat(RadixSort.order(doubles, THREE, NONE)).isEqualTo(order);
        int[] ints = {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 0, 1};
        assertThat(RadixSort.order(ints, THREE, NONE)).containsExactly(2, 1, 3, 4, 0);
    }

    @Test
    void tenMillionKeysAreOrderedTheSameByAnyNumberOfThreads() {
        int n = 10_000_000;
        var random = new Random(1);
        var keys = new float[n];
        for (int k = 0; k < n; k++) {
            keys[k] = (random.nextInt() >> 8) * 0x1p-10f;
        }

        int[] order = RadixSort.order(keys, new Pool(2), NONE);

        var seen = new boolean[n];
        seen[order[0]] = true;
        int falls = 0;
        for (int k = 1; k < n; k++) {
            int a = order[k - 1];
            int b = order[k];
            seen[b] = true;
            falls += keys[a] < keys[b] || keys[a] == keys[b] && a < b ? 0 : 1;
        }
        assertThat(falls).isZero();
        assertThat(seen).doesNotContain(false);
        assertThat(RadixSort.order(keys, Workers.SERIAL, NONE)).isEqualTo(order);
    }

    private static int[] stable(int n, Comparator<Integer> comparator) {
        return IntStream.range(0, n)
                .boxed()
                .sorted(comparator)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
