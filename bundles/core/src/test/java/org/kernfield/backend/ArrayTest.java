package org.kernfield.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

class ArrayTest {
    private static Array one(ElementType type, double value) {
        Array array = Array.zeros(type, 1, 1);
        array.set(0, value);
        return array;
    }

    @ParameterizedTest
    @EnumSource
    void keepsSmallWholeNumbersInEveryType(ElementType type) {
        for (int n = 0; n < 100; n++) {
            assertThat(one(type, n).get(0)).isEqualTo(n);
        }
    }

    /** Bit patterns of IEEE 754 binary16: 1/3 is 0x3555, 65504 the largest, 2⁻²⁴ the smallest. */
    @Test
    void halfPrecisionIsBinary16() {
        var bits = java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
        assertThat(one(ElementType.F16, 1.0 / 3).data().get(bits, 0)).isEqualTo((short) 0x3555);
        assertThat(one(ElementType.F16, 65504).get(0)).isEqualTo(65504);
        assertThat(one(ElementType.F16, 1e6).get(0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(one(ElementType.F16, 0x1p-24).get(0)).isEqualTo(0x1p-24);
    }

    @Test
    void unsignedTypesRoundAndSaturate() {
        assertThat(one(ElementType.U8, 254.5).get(0)).isEqualTo(254);
        assertThat(one(ElementType.U8, 300).get(0)).isEqualTo(255);
        assertThat(one(ElementType.U8, -3).get(0)).isZero();
        assertThat(one(ElementType.U16, 40_000).get(0)).isEqualTo(40_000);
        assertThat(one(ElementType.U16, 70_000).get(0)).isEqualTo(65_535);
        assertThat(one(ElementType.U16, Double.NaN).get(0)).isZero();
    }

    @Test
    void signedTypesRoundAndSaturate() {
        assertThat(one(ElementType.I32, -2.5).get(0)).isEqualTo(-2);
        assertThat(one(ElementType.I32, 1e12).get(0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(one(ElementType.I64, -1e12).get(0)).isEqualTo(-1e12);
    }

    @Test
    void storesLittleEndian() {
        byte[] bytes = new byte[4];
        new Array(ElementType.I32, 1, 1, MemorySegment.ofArray(bytes)).set(0, 0x01020304);
        assertThat(bytes).containsExactly(4, 3, 2, 1);
    }

    @Test
    void readsAtAnyAlignment() {
        try (var arena = Arena.ofConfined()) {
            MemorySegment odd = arena.allocate(17).asSlice(1, 16);
            var array = new Array(ElementType.F64, 2, 1, odd);
            array.set(1, Math.PI);
            assertThat(array.get(1)).isEqualTo(Math.PI);
        }
    }

    @Test
    void convertsBetweenTypesLeavingTheFirstAsItWas() {
        Array doubles = Array.of(2, 0.1, 2, 3, 4);
        Array floats = doubles.as(ElementType.F32);
        assertThat(floats.toFloats()).containsExactly(0.1f, 2, 3, 4);
        assertThat(doubles.get(0)).isEqualTo(0.1);
        assertThat(doubles.toFloats()).containsExactly(0.1f, 2, 3, 4);
    }

    @Test
    void sameTypeIsStillACopy() {
        Array first = Array.of(1, 1f, 2f);
        Array copy = first.as(ElementType.F32);
        copy.set(0, 9);
        assertThat(first.get(0)).isEqualTo(1);
    }

    @Test
    void refusesSegmentsOfTheWrongSize() {
        assertThatThrownBy(() -> Array.of(2, 1f, 2f, 3f))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 × 2 F32 needs 8 bytes, not 12");
    }

    @Test
    void refusesImpossibleShapes() {
        assertThatThrownBy(() -> Array.zeros(ElementType.F32, -1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1 × 2");
        assertThatThrownBy(() -> Array.zeros(ElementType.F32, 3_000_000_000L, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("your own arena");
    }

    @Test
    void emptyArraysAreFine() {
        assertThat(Array.zeros(ElementType.U8, 0, 3).toFloats()).isEmpty();
    }
}
