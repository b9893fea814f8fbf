package org.kernfield.cpu.internal.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;

/** Lanes of sources' sums, two terms for each of sources 2, 0 and 1. */
class FoldTest {
    private static final int[] LIST = {9, 2, 0, 1};
    private static final int TERMS = 2;
    private static final int OFFSET = 1;

    @Test
    void addsHalvesOnHalvesAndClears() {
        int lanes = VectorWidth.LANES;
        var random = new Random(5);
        var vectors = new float[(3 * TERMS + 1) * lanes];
        for (int k = 0; k < vectors.length; k++) {
            vectors[k] = random.nextFloat() * 100;
        }
        float[] before = vectors.clone();
        var planes = new float[][] {{7, 1, 2, 3}, {7, 4, 5, 6}};
        Fold.add(vectors, LIST, 1, 4, planes, new int[] {OFFSET, OFFSET});
        for (int k = 0; k < TERMS; k++) {
            assertThat(planes[k][0]).isEqualTo(7);
            for (int position = 0; position < 3; position++) {
                int source = LIST[position + 1];
                float[] sum = new float[lanes];
                System.arraycopy(before, (position * TERMS + k) * lanes, sum, 0, lanes);
                for (int half = lanes / 2; half > 0; half /= 2) {
                    for (int l = 0; l < half; l++) {
                        sum[l] += sum[l + half];
                    }
                }
                float was = 1 + 3 * k + source;
                assertThat(planes[k][OFFSET + source]).isEqualTo(was + sum[0]);
            }
        }
        for (int k = 0; k < 3 * TERMS * lanes; k++) {
            assertThat(vectors[k]).isZero();
        }
        assertThat(vectors[3 * TERMS * lanes]).isEqualTo(before[3 * TERMS * lanes]);
    }
}
