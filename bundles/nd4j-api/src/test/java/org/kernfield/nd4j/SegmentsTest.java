package org.kernfield.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

import java.lang.foreign.Arena;
import java.lang.ref.WeakReference;

/** Both see the same memory. */
class SegmentsTest {
    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void bothSidesSeeWhatTheOtherWrites(ElementType type) {
        try (Arena arena = Arena.ofConfined()) {
            var array = new Array(type, 3, 2, arena.allocate(6L * type.bytes(), 64));
            array.set(5, 7);
            INDArray view = Segments.view(array);
            assertThat(view.shape()).containsExactly(3, 2);
            assertThat(view.getDouble(2, 1)).isEqualTo(7);
            assertThat(view.data().address()).isEqualTo(array.data().address());
            view.muli(3);
            view.putScalar(0, 1, -4);
            assertThat(array.get(5)).isEqualTo(21);
            assertThat(array.get(1)).isEqualTo(-4);
        }
    }

    @Test
    void readsAnINDArrayWhereItLies() {
        INDArray values = Nd4j.create(new double[][] {{1, 2, 3}, {4, 5, 6}});
        Array array = Segments.array(values);
        assertThat(array.rows()).isEqualTo(2);
        assertThat(array.get(4)).isEqualTo(5);
        array.set(4, 50);
        assertThat(values.getDouble(1, 1)).isEqualTo(50);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void readsAViewThatBeginsLaterWhereItLies(ElementType type) {
        INDArray values =
                Nd4j.create(new double[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10}})
                        .castTo(Segments.dataType(type));
        INDArray rows = values.get(NDArrayIndex.interval(1, 4), NDArrayIndex.all());
        Array array = Segments.array(rows);
        assertThat(array.rows()).isEqualTo(3);
        assertThat(array.toDoubles()).containsExactly(3, 4, 5, 6, 7, 8);
        array.set(2, 50);
        assertThat(values.getDouble(2, 0)).isEqualTo(50);
        Array row = Segments.array(values.getRow(3));
        assertThat(row.toDoubles()).containsExactly(7, 8);
        Array part = Segments.array(rows.get(NDArrayIndex.interval(1, 3), NDArrayIndex.all()));
        assertThat(part.toDoubles()).containsExactly(50, 6, 7, 8);
        Array copied = Segments.array(values.getRows(1, 3));
        assertThat(copied.toDoubles()).containsExactly(3, 4, 7, 8);
    }

    /** ND4J frees the memory of what is collected. */
    @Test
    void keepsTheINDArrayAsLongAsTheArrayIsUsed() throws InterruptedException {
        INDArray values = Nd4j.valueArrayOf(new long[] {100, 10}, 3.0);
        var owner = new WeakReference<>(values);
        Array array = Segments.array(values);
        values = null;
        collect(owner, 10);
        assertThat(owner.get()).isNotNull();
        assertThat(array.get(999)).isEqualTo(3);
        array = null;
        collect(owner, 500);
        assertThat(owner.get()).isNull();
    }

    private static void collect(WeakReference<?> reference, int most) throws InterruptedException {
        for (int turn = 0; turn < most && reference.get() != null; turn++) {
            System.gc();
            Thread.sleep(10);
        }
    }

    /** A column of a matrix and a transposed one are no rows one after the other. */
    @Test
    void copiesWhatIsNoRows() {
        INDArray values = Nd4j.create(new double[][] {{1, 2, 3}, {4, 5, 6}});
        Array column = Segments.array(values.getColumn(1));
        assertThat(column.get(1)).isEqualTo(5);
        Array turned = Segments.array(values.transpose());
        assertThat(turned.rows()).isEqualTo(3);
        assertThat(turned.get(1)).isEqualTo(4);
        Array part = Segments.array(values.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3)));
        assertThat(part.get(2)).isEqualTo(5);
    }

    @Test
    void refusesWhatNd4jCannotSee() {
        assertThatThrownBy(() -> Segments.view(Array.of(1, 1f)))
                .hasMessageContaining("on the Java heap");
        try (Arena arena = Arena.ofConfined()) {
            var numbers = new Array(ElementType.I32, 1, 1, arena.allocate(4, 4));
            assertThatThrownBy(() -> Segments.view(numbers)).hasMessageContaining("use F32 or F64");
        }
        assertThatThrownBy(() -> Segments.array(Nd4j.empty(DataType.FLOAT)))
                .hasMessageContaining("it is empty; give one with numbers");
        assertThatThrownBy(() -> Segments.array(Nd4j.createFromArray(1, 2)))
                .hasMessageContaining("cast it to FLOAT or DOUBLE");
    }
}
