package org.kernfield.testkit;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;

/** Floats, whatever the element type. */
final class SingleBuffer implements Buffer {
    private final ElementType type;
    private final long rows;
    private final int width;
    private final float[] values;
    private final Runnable onClose;
    private boolean isClosed;

    /**
     * @param onClose runs once
     */
    SingleBuffer(ElementType type, long rows, int width, float[] values, Runnable onClose) {
        this.type = type;
        this.rows = rows;
        this.width = width;
        this.values = values;
        this.onClose = onClose;
    }

    static float[] of(Buffer buffer) {
        return ((SingleBuffer) buffer).values;
    }

    @Override
    public ElementType type() {
        return type;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public int width() {
        return width;
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
        if (!isClosed) {
            isClosed = true;
            onClose.run();
        }
    }
}
