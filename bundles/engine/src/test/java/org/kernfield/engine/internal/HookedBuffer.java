package org.kernfield.engine.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;

/** A buffer that does something before it is read. */
record HookedBuffer(Buffer own, Runnable beforeRead) implements Buffer {
    static Buffer own(Buffer buffer) {
        return ((HookedBuffer) buffer).own();
    }

    @Override
    public ElementType type() {
        return own.type();
    }

    @Override
    public long rows() {
        return own.rows();
    }

    @Override
    public int width() {
        return own.width();
    }

    @Override
    public void write(Array values) {
        own.write(values);
    }

    @Override
    public void read(Array into) {
        beforeRead.run();
        own.read(into);
    }

    @Override
    public void close() {
        own.close();
    }
}
