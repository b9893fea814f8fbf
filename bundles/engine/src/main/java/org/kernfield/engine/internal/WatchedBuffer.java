package org.kernfield.engine.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;

/** A backend's buffer whose calls are watched; one for each, so that identity is kept. */
final class WatchedBuffer implements Buffer {
    private final LeasedCompute compute;
    private final Buffer own;
    private final ElementType type;
    private final long rows;
    private final int width;
    private boolean isClosed;

    WatchedBuffer(LeasedCompute compute, Buffer own, ElementType type, long rows, int width) {
        this.compute = compute;
        this.own = own;
        this.type = type;
        this.rows = rows;
        this.width = width;
    }

    /** What the backend knows a buffer as. */
    static Buffer unwrapped(Buffer buffer) {
        return buffer instanceof WatchedBuffer watched ? watched.own() : buffer;
    }

    private Buffer own() {
        compute.session();
        if (isClosed) {
            throw new IllegalStateException(
                    "buffer of " + rows + " × " + width + ": closed; allocate another");
        }
        return own;
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

    long bytes() {
        return rows * width * type.bytes();
    }

    @Override
    public void write(Array values) {
        Buffer open = own();
        compute.vigil().over(bytes(), () -> open.write(values));
    }

    @Override
    public void read(Array into) {
        Buffer open = own();
        compute.vigil().over(bytes(), () -> open.read(into));
    }

    /** Does nothing once the session is closed: the buffer went with it. */
    @Override
    public void close() {
        if (!isClosed && compute.isOpen()) {
            isClosed = true;
            compute.vigil().over(own::close);
        }
    }
}
