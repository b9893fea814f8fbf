package org.kernfield.nd4j.internal;

import org.kernfield.backend.ElementType;
import org.kernfield.nd4j.Segments;
import org.nd4j.linalg.api.ndarray.INDArray;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory of one intermediate value, seen as an INDArray of the block's present size. */
final class Register {
    final MemorySegment data;
    final ElementType type;
    private INDArray view;
    private long rows;
    private long columns;

    Register(MemorySegment data, ElementType type) {
        this.data = data;
        this.type = type;
    }

    INDArray view(long newRows, long newColumns) {
        if (view == null || rows != newRows || columns != newColumns) {
            view = Segments.view(data, type, newRows, newColumns);
            rows = newRows;
            columns = newColumns;
        }
        return view;
    }

    double get(long index) {
        return type == ElementType.F32
                ? data.getAtIndex(ValueLayout.JAVA_FLOAT, index)
                : data.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
    }

    void set(long index, double value) {
        if (type == ElementType.F32) {
            data.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) value);
        } else {
            data.setAtIndex(ValueLayout.JAVA_DOUBLE, index, value);
        }
    }
}
