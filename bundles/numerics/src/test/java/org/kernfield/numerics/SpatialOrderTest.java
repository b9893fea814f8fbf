package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.util.Comparator;
import java.util.stream.IntStream;

class SpatialOrderTest {
    @Test
    void interleavesTheBitsOfAPlane() {
        // x = 011, y = 101: y2 x2 y1 x1 y0 x0 = 1 0 0 1 1 1
        assertThat(Morton.code(0b011, 0b101)).isEqualTo(0b100111);
    }

    @Test
    void interleavesTheBitsOfSpace() {
        // x = 01, y = 10, z = 11: z1 y1 x1 z0 y0 x0 = 1 1 0 1 0 1
        assertThat(Morton.code(0b01, 0b10, 0b11)).isEqualTo(0b110101);
    }

    @Property
    void planeCodesReadBack(@ForAll int x, @ForAll int y) {
        long code = Morton.code(x, y);

        assertThat(Morton.decode2(code, 0)).isEqualTo(x);
        assertThat(Morton.decode2(code, 1)).isEqualTo(y);
    }

    @Property
    void spaceCodesReadBack(
            @ForAll @IntRange(max = 2097151) int x,
            @ForAll @IntRange(max = 2097151) int y,
            @ForAll @IntRange(max = 2097151) int z) {
        long code = Morton.code(x, y, z);

        assertThat(Morton.decode3(code, 0)).isEqualTo(x);
        assertThat(Morton.decode3(code, 1)).isEqualTo(y);
        assertThat(Morton.decode3(code, 2)).isEqualTo(z);
    }

    @Test
    void pointsAreCodedWithinTheirBox() {
        float[] corners = {-3, 10, 5, 10, -3, 18, 5, 18};

        int last = (1 << 21) - 1;
        assertThat(Morton.codes(corners, 2))
                .containsExactly(
                        0, Morton.code(last, 0), Morton.code(0, last), Morton.code(last, last));
    }

    @Test
    void coincidentPointsHaveOneCode() {
        assertThat(Morton.codes(new float[] {7, 7, 7, 7, 7, 7}, 3)).containsOnly(0);
    }

    @Test
    void refusesPointsOnALine() {
        assertThatThrownBy(() -> Morton.codes(new float[3], 1))
                .hasMessage("Morton codes in 1 dimensions: not defined; use 2 or 3");
    }

    @Property
    void radixSortIsTheStableUnsignedOrder(@ForAll long[] keys) {
        assertThat(RadixSort.orderUnsigned(keys)).isEqualTo(stableOrder(keys));
    }

    @Property
    void radixSortKeepsEqualKeysInPlace(@ForAll long @LongRange(max = 3) [] keys) {
        assertThat(RadixSort.orderUnsigned(keys)).isEqualTo(stableOrder(keys));
    }

    @Test
    void gathersRows() {
        float[] rows = {1, 2, 3, 4, 5, 6};

        assertThat(RadixSort.gather(rows, 2, new int[] {2, 0})).containsExactly(5, 6, 1, 2);
    }

    private static int[] stableOrder(long[] keys) {
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparing(k -> keys[k], Long::compareUnsigned))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
