package org.kernfield.cpu.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;

/** Sorting of a tile's sources beside the JDK's stable sort. */
class NearestFirstTest {
    private static final int BEFORE = 3;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 24, 25, 300, 5_000})
    void sortsStablyWhatItIsTold(int count) {
        for (int range : new int[] {1, 7, 1 << 20, Integer.MAX_VALUE}) {
            var random = new SplittableRandom(count + range);
            var entries = new long[BEFORE + count + 2];
            for (int k = 0; k < entries.length; k++) {
                // keys on both sides of the sign bit, few of them different for a small range
                long key = (random.nextInt(range) * 2654435761L) & 0xFFFFFFFFL;
                entries[k] = key << Integer.SIZE | entries.length - k;
            }
            long[] expected = entries.clone();
            var inside = Arrays.copyOfRange(entries, BEFORE, BEFORE + count);
            Long[] boxed = Arrays.stream(inside).boxed().toArray(Long[]::new);
            Arrays.sort(boxed, Comparator.comparingLong(e -> e >>> Integer.SIZE));
            for (int k = 0; k < count; k++) {
                expected[BEFORE + k] = boxed[k];
            }

            new NearestFirst().sort(entries, new long[entries.length], BEFORE, BEFORE + count);

            assertThat(entries).isEqualTo(expected);
        }
    }
}
