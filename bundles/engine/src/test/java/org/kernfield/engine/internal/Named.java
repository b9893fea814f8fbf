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

import java.lang.reflect.Proxy;
import java.util.HashMap;
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
    volatile Runnable beforeClose = () -> {};
    volatile Runnable beforeRead = () -> {};
    volatile Runnable beforeOperation = () -> {};
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

    private static Map<String, Buffer> own(Map<String, Buffer> buffers) {
        var own = new HashMap<String, Buffer>();
        buffers.forEach((slot, buffer) -> own.put(slot, HookedBuffer.own(buffer)));
        return own;
    }

    private BufferOperations hooked(BufferOperations own) {
        return (BufferOperations)
                Proxy.newProxyInstance(
                        BufferOperations.class.getClassLoader(),
                        new Class<?>[] {BufferOperations.class},
                        (self, method, arguments) -> {
                            beforeOperation.run();
                            for (int k = 0; k < arguments.length; k++) {
                                if (arguments[k] instanceof Buffer buffer) {
                                    arguments[k] = HookedBuffer.own(buffer);
                                }
                            }
                            return method.invoke(own, arguments);
                        });
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
                return new HookedBuffer(
                        session.allocate(type, rows, width), () -> beforeRead.run());
            }

            @Override
            public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
                runs.incrementAndGet();
                beforeRun.run();
                if (fault != null) {
                    throw fault;
                }
                session.run(
                        reduction,
                        new Args(
                                args.queries(), own(args.buffers()), args.uniforms(), args.lists()),
                        own(outputs));
                outputs.forEach(
                        (name, buffer) -> {
                            if (givesNaN || spoilt.contains(name)) {
                                spoil(buffer);
                            }
                        });
            }

            @Override
            public BufferOperations operations() {
                return hooked(session.operations());
            }

            @Override
            public void close() {
                session.close();
                open.decrementAndGet();
                beforeClose.run();
            }
        };
    }
}
