package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

class ScanTest {
    private static final CancelToken NONE = CancelToken.NONE;
    private static final Workers THREE = new Pool(3);

    @Test
    void sumsWhatStandsBefore() {
        int[] values = {3, 0, -1, 5};

        assertThat(Scan.exclusive(values, THREE, NONE)).containsExactly(0, 3, 3, 2, 7);
        assertThat(Scan.inclusive(values, THREE, NONE)).containsExactly(3, 3, 2, 7);
        assertThat(Scan.exclusive(new double[] {0.5, 2}, THREE, NONE)).containsExactly(0, 0.5, 2.5);
        assertThat(Scan.inclusive(new double[] {0.5, 2}, THREE, NONE)).containsExactly(0.5, 2.5);
        assertThat(Scan.exclusive(new int[0], THREE, NONE)).containsExactly(0);
        assertThat(Scan.inclusive(new double[0], THREE, NONE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_537, 10_000_000})
    void longRowsAreSummedAcrossParts(int n) {
        int[] values = new Random(n).ints(n, -100, 101).toArray();
        int[] expected = values.clone();
        Arrays.parallelPrefix(expected, Integer::sum);

        assertThat(Scan.inclusive(values, THREE, NONE)).isEqualTo(expected);
        assertThat(Scan.exclusive(values, THREE, NONE)[n]).isEqualTo(expected[n - 1]);
    }

    @Test
    void sumsOfDoublesHaveTheSameBitsOnAnyNumberOfThreads() {
        double[] values = new Random(8).doubles(300_001, -1, 1).toArray();

        double[] one = Scan.inclusive(values, Workers.SERIAL, NONE);

        assertThat(Scan.inclusive(values, new Pool(2), NONE)).isEqualTo(one);
        assertThat(Scan.inclusive(values, THREE, NONE)).isEqualTo(one);
        var exact =
                Arrays.stream(values)
                        .mapToObj(BigDecimal::new)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(one[300_000]).isCloseTo(exact.doubleValue(), within(1e-10));
    }

    @Test
    void refusesSumsThatAreNoInt() {
        int[] values = {Integer.MAX_VALUE, 1};

        assertThatThrownBy(() -> Scan.exclusive(values, THREE, NONE))
                .hasMessage(
                        "scan: the sum of the first 2 numbers is 2147483648, beyond an int; split"
                                + " them");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 65_537, 1_000_003})
    void keepsWhatMeetsTheCondition(int n) {
        int[] expected = IntStream.range(0, n).filter(k -> k % 7 == 3 || k > 65_535).toArray();

        assertThat(Compaction.indices(n, k -> k % 7 == 3 || k > 65_535, THREE, NONE))
                .isEqualTo(expected);
    }
}
