package org.kernfield.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

import java.lang.foreign.Arena;

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
        assertThatThrownBy(() -> Segments.array(Nd4j.createFromArray(1, 2)))
                .hasMessageContaining("cast it to FLOAT or DOUBLE");
    }
}
