package org.kernfield.backend;

import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The gradients of one walk back over a {@link Tape}, which owns them until they are released. */
final class TapeGradients implements AutoCloseable {
    /** What a sum of gradients depends on. */
    private record Shape(Precision precision, int width) {}

    private static final Map<Shape, Reduction> ADDITIONS = new ConcurrentHashMap<>();

    private final Evaluator evaluator;
    private final Set<Tape.Node> needed;
    private final Set<Tape.Node> magnified;
    private final Map<Tape.Node, Buffer> gradients = new IdentityHashMap<>();
    private final Map<Tape.Node, Buffer> magnitudes = new IdentityHashMap<>();
    private final Set<Buffer> callers = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param magnified nodes whose gradients are also added up by absolute values
     */
    TapeGradients(Evaluator evaluator, Set<Tape.Node> needed, Set<Tape.Node> magnified) {
        this.evaluator = evaluator;
        this.needed = needed;
        this.magnified = magnified;
    }

    Evaluator evaluator() {
        return evaluator;
    }

    /** Begins at a node with a cotangent that stays the caller's. */
    void start(Tape.Node node, Buffer cotangent) {
        if (cotangent.rows() != node.buffer().rows()
                || cotangent.width() != node.buffer().width()
                || cotangent.type() != node.buffer().type()) {
            throw new IllegalArgumentException(
                    "cotangent of %d × %d %s for a node of %d × %d %s; make them equal"
                            .formatted(
                                    cotangent.rows(),
                                    cotangent.width(),
                                    cotangent.type(),
                                    node.buffer().rows(),
                                    node.buffer().width(),
                                    node.buffer().type()));
        }
        callers.add(cotangent);
        gradients.put(node, cotangent);
    }

    boolean isNeeded(Tape.Node node) {
        return needed.contains(node);
    }

    boolean isMagnified(Tape.Node node) {
        return magnified.contains(node);
    }

    boolean has(Tape.Node node) {
        return gradients.containsKey(node);
    }

    /** The gradient so far, zeros if nothing was added. */
    Buffer of(Tape.Node node) {
        return gradients.computeIfAbsent(node, this::like);
    }

    Buffer like(Tape.Node node) {
        Buffer shape = node.buffer();
        return evaluator.allocate(shape.type(), shape.rows(), shape.width());
    }

    /** Adds a buffer, which is taken over. */
    void add(Tape.Node node, Buffer more) {
        add(gradients, node, more);
    }

    /** Adds a buffer of absolute values, which is taken over. */
    void addMagnitude(Tape.Node node, Buffer more) {
        add(magnitudes, node, more);
    }

    /** Adds what {@code writer} writes into a buffer of the node's shape. */
    void add(Tape.Node node, Consumer<Buffer> writer) {
        add(node, written(node, writer));
    }

    private Buffer written(Tape.Node node, Consumer<Buffer> writer) {
        Buffer buffer = like(node);
        try {
            writer.accept(buffer);
            return buffer;
        } catch (RuntimeException | Error e) {
            buffer.close();
            throw e;
        }
    }

    private void add(Map<Tape.Node, Buffer> sums, Tape.Node node, Buffer more) {
        Buffer before = sums.get(node);
        if (before == null) {
            sums.put(node, more);
            return;
        }
        try (more) {
            sums.put(node, sum(node, before, more));
        }
        free(before);
    }

    private static Reduction addition(Shape shape) {
        var k = Kernel.build("add").precision(shape.precision);
        k.output("sum", k.input("a", shape.width).plus(k.input("b", shape.width)));
        return Reduction.map(k.done());
    }

    private Buffer sum(Tape.Node node, Buffer a, Buffer b) {
        var shape = new Shape(Precision.valueOf(a.type().name()), a.width());
        return written(
                node,
                sum ->
                        evaluator.run(
                                ADDITIONS.computeIfAbsent(shape, TapeGradients::addition),
                                Args.rows(a.rows()).with("a", a).with("b", b),
                                Map.of("sum", sum)));
    }

    private void free(Buffer buffer) {
        if (!callers.contains(buffer)) {
            buffer.close();
        }
    }

    /** The gradient of a node, from now on the receiver's. */
    Buffer release(Tape.Node node) {
        Buffer gradient = of(node);
        if (callers.contains(gradient)) {
            Buffer copy = like(node);
            add(node, copy);
            gradient = gradients.get(node);
        }
        gradients.remove(node);
        return gradient;
    }

    /** The magnitude of a node's gradient, from now on the receiver's. */
    Buffer magnitude(Tape.Node node) {
        Buffer magnitude = magnitudes.remove(node);
        return magnitude == null ? like(node) : magnitude;
    }

    @Override
    public void close() {
        gradients.values().forEach(this::free);
        magnitudes.values().forEach(this::free);
    }
}
