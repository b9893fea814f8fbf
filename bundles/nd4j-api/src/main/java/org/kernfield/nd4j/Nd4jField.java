package org.kernfield.nd4j;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.engine.FieldHandle;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import java.lang.foreign.MemorySegment;

/**
 * A fitted field that takes and gives INDArrays. It computes on whatever backend the engine has,
 * ND4J's or another.
 *
 * <pre>{@code
 * try (var kernfield = Kernfield.open()) {
 *     INDArray photo = ...;                                     // height × width × 3, in [0, 1]
 *     var field = new Nd4jField(
 *             kernfield.fit(FitRequest.of(Nd4jTasks.image(photo)).seconds(10)));
 *     INDArray colours = field.values(Nd4j.create(new float[][] {{10.5f, 20.5f}}));
 * }
 * }</pre>
 *
 * @param field what it evaluates
 */
@SuppressWarnings("restricted")
public record Nd4jField(FieldHandle field) {
    /**
     * Values at points.
     *
     * @param points n × inputs, FLOAT or DOUBLE; read where they lie if their rows follow each
     *     other
     * @return n × outputs, FLOAT
     * @throws IllegalArgumentException for points of another width or type
     */
    public INDArray values(INDArray points) {
        return array(field.values(rows(points)));
    }

    /**
     * Derivatives of every output by every coordinate.
     *
     * @param points as for {@link #values}
     * @return n × (outputs · inputs), output-major, FLOAT
     * @throws UnsupportedOperationException if the field has none
     */
    public INDArray jacobian(INDArray points) {
        return array(field.jacobian(rows(points)));
    }

    private Array rows(INDArray points) {
        Array rows = Segments.array(points);
        if (rows.width() != field.inputs()) {
            throw new IllegalArgumentException(
                    "points of %d coordinates; the field takes %d"
                            .formatted(rows.width(), field.inputs()));
        }
        return rows.type() == ElementType.F32 ? rows : rows.as(ElementType.F32);
    }

    /** A result, which is on the Java heap, in memory of ND4J's. */
    private static INDArray array(Array result) {
        INDArray copy = Nd4j.createUninitialized(DataType.FLOAT, result.rows(), result.width());
        MemorySegment into =
                MemorySegment.ofAddress(copy.data().address())
                        .reinterpret(result.data().byteSize());
        into.copyFrom(result.data());
        return copy;
    }
}
