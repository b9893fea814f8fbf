package org.kernfield.engine.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Op;
import org.kernfield.reference.ReferenceBackend;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The reference under another name and ranking, with its open sessions counted. */
final class Named implements Backend {
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger runs = new AtomicInteger();
    volatile RuntimeException fault;
    volatile Runnable beforeRun = () -> {};
    volatile Runnable beforeOpen = () -> {};
    volatile boolean givesNaN;
    volatile Set<String> spoilt = Set.of();
    volatile Set<Op> unknown = Set.of();

    private final Backend reference = new ReferenceBackend();
    private final String name;
    private final int ranking;

    Named(String name, int ranking) {
        this.name = name;
        this.ranking = ranking;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "for tests";
    }

    @Override
    public int ranking() {
        return ranking;
    }

    @Override
    public Set<Op> operations() {
        var known = new HashSet<>(reference.operations());
        known.removeAll(unknown);
        return known;
    }

    private static void spoil(Buffer buffer) {
        var values = new double[Math.toIntExact(buffer.rows() * buffer.width())];
        java.util.Arrays.fill(values, Double.NaN);
        buffer.write(Array.of(buffer.width(), values));
    }

    @Override
    public Session open(Resources resources) {
        beforeOpen.run();
        Session session = reference.open(resources);
        open.incrementAndGet();
        return new Session() {
            @Override
            public Buffer allocate(ElementType type, long rows, int width) {
                return session.allocate(type, rows, width);
            }

            @Override
            public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
                runs.incrementAndGet();
                beforeRun.run();
                if (fault != null) {
                    throw fault;
                }
                session.run(reduction, args, outputs);
                outputs.forEach(
                        (name, buffer) -> {
                            if (givesNaN || spoilt.contains(name)) {
                                spoil(buffer);
                            }
                        });
            }

            @Override
            public BufferOperations operations() {
                return session.operations();
            }

            @Override
            public void close() {
                session.close();
                open.decrementAndGet();
            }
        };
    }
}
