package org.kernfield.benchmarks;

import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;

import java.util.ServiceLoader;

/** A session of the cpu backend, found as any user finds it. */
final class Cpu implements AutoCloseable {
    final Session session;
    private final Threads threads;

    Cpu(int count) {
        threads = new Threads(count);
        Backend cpu =
                ServiceLoader.load(Backend.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(b -> b.name().equals("cpu"))
                        .findFirst()
                        .orElseThrow();
        session = cpu.open(new Resources(threads, Budget.unlimited(), CancelToken.NONE));
    }

    Buffer zeros(long rows, int width) {
        return session.allocate(ElementType.F32, rows, width);
    }

    /** A buffer of {@code values.length / width} rows. */
    Buffer upload(int width, float... values) {
        Buffer buffer = zeros(values.length / width, width);
        buffer.write(Array.of(width, values));
        return buffer;
    }

    @Override
    public void close() {
        session.close();
        threads.close();
    }
}
