package org.kernfield.cpu.internal.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.kernel.Precision;

import java.util.Random;

/** Lanes of sources' sums, five terms for each of some sources that follow each other. */
class FoldTest {
    private static final int TERMS = 5;
    private static final int FIRST = 3;
    private static final int OFFSET = 1;

    @ParameterizedTest
    @CsvSource({"F32, false", "F32, true", "F64, false", "F64, true"})
    void addsHalvesOnHalvesAndClears(Precision precision, boolean isWhole) {
        int lanes = VectorWidth.lanes(precision);
        int together = Fold.together(precision);
        int count = isWhole ? together : together - 1;
        var random = new Random(5);
        Object vectors = Numbers.array(precision, together * TERMS * lanes);
        for (int k = 0; k < count * TERMS * lanes; k++) {
            Numbers.set(vectors, k, random.nextDouble() * 100);
        }
        Object before = Numbers.copyOfRange(vectors, 0, together * TERMS * lanes);
        Object[] planes = Numbers.arrays(precision, TERMS);
        var offsets = new int[TERMS];
        for (int k = 0; k < TERMS; k++) {
            planes[k] = Numbers.array(precision, OFFSET + FIRST + together + 1);
            Numbers.fill(planes[k], 0, Numbers.length(planes[k]), k);
            offsets[k] = OFFSET;
        }
        Fold.add(vectors, FIRST, FIRST + count, planes, offsets);
        for (int k = 0; k < TERMS; k++) {
            for (int place = 0; place < Numbers.length(planes[k]); place++) {
                int source = place - OFFSET - FIRST;
                boolean isAddedTo = source >= 0 && source < count;
                double sum = isAddedTo ? sum(before, (source * TERMS + k) * lanes, lanes) : 0;
                double expected = precision == Precision.F32 ? (float) (k + sum) : k + sum;
                assertThat(Numbers.get(planes[k], place)).isEqualTo(expected);
            }
        }
        for (int k = 0; k < Numbers.length(vectors); k++) {
            assertThat(Numbers.get(vectors, k)).isZero();
        }
    }

    /** Halves on halves, each sum rounded to the precision. */
    private static double sum(Object vectors, int at, int lanes) {
        boolean isDouble = vectors instanceof double[];
        var sum = new double[lanes];
        for (int l = 0; l < lanes; l++) {
            sum[l] = Numbers.get(vectors, at + l);
        }
        for (int half = lanes / 2; half > 0; half /= 2) {
            for (int l = 0; l < half; l++) {
                double both = sum[l] + sum[l + half];
                sum[l] = isDouble ? both : (float) both;
            }
        }
        return sum[0];
    }
}
