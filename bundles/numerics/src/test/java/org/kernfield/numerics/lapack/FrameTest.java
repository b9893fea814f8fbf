package org.kernfield.numerics.lapack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

class FrameTest {
    private static Frame frame(CancelToken cancel) {
        return new Frame(
                "copy", 0, new Resources(Workers.SERIAL, Budget.unlimited(), cancel), null);
    }

    private static Array numbered(ElementType type) {
        Array array = Array.zeros(type, 701, 307);
        for (long k = 0; k < array.elements(); k++) {
            array.set(k, k);
        }
        return array;
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void bringsBackWhatItCopies(ElementType type) {
        Array array = numbered(type);
        try (var frame = frame(CancelToken.NONE)) {
            Array straight = Array.zeros(type, 701, 307);
            frame.store(frame.copy(array), straight);
            assertThat(straight.data().mismatch(array.data())).isNegative();
            Array turned = Array.zeros(type, 701, 307);
            frame.storeTransposed(frame.transposed(array), turned);
            assertThat(turned.data().mismatch(array.data())).isNegative();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void looksAtItsTokenWhileItCopies(ElementType type) {
        Array array = numbered(type);
        var left = new AtomicInteger(Integer.MAX_VALUE);
        try (var frame = frame(() -> left.decrementAndGet() < 0)) {
            var straight = frame.copy(array);
            var turned = frame.transposed(array);
            assertStops(() -> frame.copy(array), left);
            assertStops(() -> frame.transposed(array), left);
            assertStops(() -> frame.store(straight, array), left);
            assertStops(() -> frame.storeTransposed(turned, array), left);
        }
    }

    /** At the third look: 65,536 elements lie between two of them. */
    private static void assertStops(Runnable copying, AtomicInteger left) {
        left.set(2);
        assertThatThrownBy(copying::run).isInstanceOf(CancellationException.class);
    }
}
