package org.kernfield.testkit;

import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;

/** Floats, whatever the element type. */
record SingleBuffer(
        ElementType type, long rows, int width, float[] values, Budget budget, boolean[] closed)
        implements Buffer {
    static float[] of(Buffer buffer) {
        return ((SingleBuffer) buffer).values;
    }

    @Override
    public void write(Array array) {
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) array.get(k);
        }
    }

    @Override
    public void read(Array array) {
        for (int k = 0; k < values.length; k++) {
            array.set(k, values[k]);
        }
    }

    @Override
    public void close() {
        if (!closed[0]) {
            closed[0] = true;
            budget.release(4L * values.length);
        }
    }
}
