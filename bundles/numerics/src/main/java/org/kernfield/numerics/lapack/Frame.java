package org.kernfield.numerics.lapack;

import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Resources;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.CancellationException;

/**
 * Memory of one call of LAPACK, and the call. A long one runs on a thread of its own, so that the
 * caller can leave it when it is cancelled: it cannot be stopped, but it touches only this memory,
 * which goes when it has returned.
 */
final class Frame implements AutoCloseable {
    /** Operations that are surely done in less time than a cancellation may take. */
    private static final double SHORT = 1e8;

    private static final long LOOK_MILLIS = 20;
    private static final int SIDE = 32;

    /** Elements that are copied between two looks at the cancel token. */
    private static final int BAND = 1 << 16;

    private static final ValueLayout.OfFloat F32 =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble F64 =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String call;
    private final Budget budget;
    private final CancelToken cancel;
    private final NativeLibrary library;
    private final boolean isLong;
    private final Arena arena;
    private long bytes;
    private boolean isClosed;
    private boolean isRunning;

    /**
     * @param operations additions and multiplications of the call, about
     */
    Frame(String call, double operations, Resources resources, NativeLibrary library) {
        this(call, operations > SHORT, operations > SHORT, resources, library);
    }

    private Frame(
            String call,
            boolean isLong,
            boolean isShared,
            Resources resources,
            NativeLibrary library) {
        this.call = call;
        this.budget = resources.budget();
        this.cancel = resources.cancel();
        this.library = library;
        this.isLong = isLong;
        this.arena = isShared ? Arena.ofShared() : Arena.ofConfined();
    }

    /** Memory that all of the caller's threads work on, in several calls of BLAS. */
    static Frame ofThreads(String call, Resources resources, NativeLibrary library) {
        return new Frame(call, false, true, resources, library);
    }

    private MemorySegment allocate(long size) {
        budget.take(size, call);
        bytes += size;
        return arena.allocate(Math.max(8, size), 64);
    }

    MemorySegment doubles(long count) {
        return allocate(count * Double.BYTES);
    }

    MemorySegment ints(long count) {
        return allocate(count * Integer.BYTES);
    }

    /** A number that LAPACK reads or writes through a pointer. */
    MemorySegment number(int value) {
        return arena.allocateFrom(ValueLayout.JAVA_INT, value);
    }

    MemorySegment number(double value) {
        return arena.allocateFrom(ValueLayout.JAVA_DOUBLE, value);
    }

    MemorySegment letter(char value) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, (byte) value);
    }

    /** The elements in float64, as they lie. */
    MemorySegment copy(Array array) {
        MemorySegment to = doubles(array.elements());
        boolean isWide = array.type() == ElementType.F64;
        bands(
                array.elements(),
                (from, end) -> {
                    if (isWide) {
                        copy(array.data(), to, from, end);
                        return;
                    }
                    for (long k = from; k < end; k++) {
                        to.setAtIndex(F64, k, array.data().getAtIndex(F32, k));
                    }
                });
        return to;
    }

    private static void copy(MemorySegment from, MemorySegment to, long first, long end) {
        long bytes = (end - first) * Double.BYTES;
        MemorySegment.copy(from, first * Double.BYTES, to, first * Double.BYTES, bytes);
    }

    private interface Band {
        void of(long from, long end);
    }

    private void bands(long elements, Band band) {
        for (long from = 0; from < elements; from += BAND) {
            cancel.check();
            band.of(from, Math.min(elements, from + BAND));
        }
    }

    /** The elements in float64, column after column. */
    MemorySegment transposed(Array array) {
        int rows = Math.toIntExact(array.rows());
        int columns = array.width();
        MemorySegment to = doubles(array.elements());
        boolean isWide = array.type() == ElementType.F64;
        tiles(
                rows,
                columns,
                (i, j) -> {
                    long from = (long) i * columns + j;
                    double v =
                            isWide
                                    ? array.data().getAtIndex(F64, from)
                                    : array.data().getAtIndex(F32, from);
                    to.setAtIndex(F64, (long) j * rows + i, v);
                });
        return to;
    }

    /** Stores elements that lie as those of the array do. */
    void store(MemorySegment from, Array array) {
        boolean isWide = array.type() == ElementType.F64;
        bands(
                array.elements(),
                (first, end) -> {
                    if (isWide) {
                        copy(from, array.data(), first, end);
                        return;
                    }
                    for (long k = first; k < end; k++) {
                        array.data().setAtIndex(F32, k, (float) from.getAtIndex(F64, k));
                    }
                });
    }

    /** Stores elements that lie column after column. */
    void storeTransposed(MemorySegment from, Array array) {
        int rows = Math.toIntExact(array.rows());
        int columns = array.width();
        boolean isWide = array.type() == ElementType.F64;
        tiles(
                rows,
                columns,
                (i, j) -> {
                    double v = from.getAtIndex(F64, (long) j * rows + i);
                    long to = (long) i * columns + j;
                    if (isWide) {
                        array.data().setAtIndex(F64, to, v);
                    } else {
                        array.data().setAtIndex(F32, to, (float) v);
                    }
                });
    }

    private interface Element {
        void at(int row, int column);
    }

    private void tiles(int rows, int columns, Element element) {
        int tile = 0;
        for (int top = 0; top < rows; top += SIDE) {
            for (int left = 0; left < columns; left += SIDE) {
                if (tile++ % (BAND / SIDE / SIDE) == 0) {
                    cancel.check();
                }
                for (int i = top; i < Math.min(rows, top + SIDE); i++) {
                    for (int j = left; j < Math.min(columns, left + SIDE); j++) {
                        element.at(i, j);
                    }
                }
            }
        }
    }

    /**
     * Calls, and returns when the call has or the caller is cancelled.
     *
     * @throws CancellationException in the latter case
     */
    void run(Runnable work) {
        cancel.check();
        if (!isLong) {
            work.run();
            return;
        }
        var failure = new Throwable[1];
        await(start(work, failure));
        if (failure[0] != null) {
            throw Failures.unchecked(failure[0]);
        }
    }

    private Thread start(Runnable work, Throwable[] failure) {
        Runnable body =
                () -> {
                    try {
                        library.continuing(work);
                    } catch (Throwable e) {
                        failure[0] = e;
                    } finally {
                        ended();
                    }
                };
        isRunning = true;
        try {
            return Thread.ofPlatform().daemon().name("kernfield " + call).start(body);
        } catch (Throwable e) {
            // no thread, so nobody else will say that the call has ended
            isRunning = false;
            throw e;
        }
    }

    private void await(Thread thread) {
        boolean interrupted = false;
        try {
            while (thread.isAlive()) {
                try {
                    thread.join(LOOK_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                if (thread.isAlive()) {
                    cancel.check();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void ended() {
        isRunning = false;
        free();
    }

    private void free() {
        if (isClosed && !isRunning && arena.scope().isAlive()) {
            arena.close();
            budget.release(bytes);
        }
    }

    /** Gives the memory back, at once or when the call that was left has returned. */
    @Override
    public synchronized void close() {
        isClosed = true;
        free();
    }
}
