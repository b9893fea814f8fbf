package org.kernfield.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;

class ReferenceOperationsTest {
    private final ReferenceSession session =
            new ReferenceBackend()
                    .open(new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE));
    private final BufferOperations operations = session.operations();

    private Buffer buffer(int width, double... values) {
        Buffer buffer = session.allocate(ElementType.F64, values.length / width, width);
        buffer.write(Array.of(width, values));
        return buffer;
    }

    private static double[] values(Buffer buffer) {
        Array array = Array.zeros(ElementType.F64, buffer.rows(), buffer.width());
        buffer.read(array);
        return array.data().toArray(java.lang.foreign.ValueLayout.JAVA_DOUBLE);
    }

    @Test
    void multipliesMatricesOfAnyOrientation() {
        Buffer a = buffer(3, 1, 2, 3, 4, 5, 6);
        Buffer at = buffer(2, 1, 4, 2, 5, 3, 6);
        Buffer b = buffer(2, 7, 8, 9, 10, 11, 12);
        Buffer bt = buffer(3, 7, 9, 11, 8, 10, 12);
        double[] product = {58, 64, 139, 154};
        for (int flags = 0; flags < 4; flags++) {
            boolean ta = (flags & 1) != 0;
            boolean tb = (flags & 2) != 0;
            Buffer c = buffer(2, Double.NaN, 1, 1, 1);
            operations.gemm(1, ta ? at : a, ta, tb ? bt : b, tb, 0, c);
            assertThat(values(c)).containsExactly(product);
        }
        Buffer c = buffer(2, 1, 2, 3, 4);
        operations.gemm(0.5, a, false, b, false, 2, c);
        assertThat(values(c)).containsExactly(31, 36, 75.5, 85);
        assertThatThrownBy(() -> operations.gemm(1, a, false, a, false, 0, c))
                .hasMessage("gemm, op(B): 2 × 3 F64; needs 3 × 3 F64");
    }

    @Test
    void sortsStablyWithNegativeZeroFirstAndNaNLast() {
        Buffer order = session.allocate(ElementType.I32, 7, 1);
        operations.argsort(buffer(1, Double.NaN, 0, 3, -0.0, 0, Double.NaN, -1), order);
        assertThat(values(order)).containsExactly(6, 3, 1, 4, 2, 0, 5);
    }

    @Test
    void addsUpWhatStandsBefore() {
        Buffer sums = session.allocate(ElementType.F64, 3, 2);
        operations.exclusiveScan(buffer(2, 1, 10, 2, 20, 3, 30), sums);
        assertThat(values(sums)).containsExactly(0, 0, 1, 10, 3, 30);
    }

    @Test
    void keepsRowsWhoseFlagIsNotZero() {
        Buffer rows = session.allocate(ElementType.I32, 5, 1);
        long count = operations.compact(buffer(1, 0, 1, -0.0, Double.NaN, -3), rows);
        assertThat(count).isEqualTo(3);
        assertThat(values(rows)).startsWith(1, 3, 4);
    }

    @Test
    void transformsOddAndEvenLengths() {
        // 1 + cos(2πt/3): a third of the circle, odd length
        Buffer three = session.allocate(ElementType.F64, 1, 4);
        operations.realFft(buffer(3, 2, 0.5, 0.5), three);
        assertThat(values(three)).containsExactly(new double[] {3, 0, 1.5, 0}, within(1e-14));
        // a step of sin(πt/2), even length
        Buffer four = session.allocate(ElementType.F64, 1, 6);
        operations.realFft(buffer(4, 0, 1, 0, -1), four);
        assertThat(values(four)).containsExactly(new double[] {0, 0, 0, -2, 0, 0}, within(1e-14));
        for (int n : new int[] {1, 2, 5, 8}) {
            var signal = new double[2 * n];
            for (int t = 0; t < signal.length; t++) {
                signal[t] = Math.sin(t * t + 1);
            }
            Buffer spectrum = session.allocate(ElementType.F64, 2, 2 * (n / 2 + 1));
            Buffer back = session.allocate(ElementType.F64, 2, n);
            operations.realFft(buffer(n, signal), spectrum);
            operations.inverseRealFft(spectrum, back);
            assertThat(values(back)).containsExactly(signal, within(1e-14));
        }
    }
}
