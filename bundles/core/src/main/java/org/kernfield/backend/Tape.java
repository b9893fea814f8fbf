package org.kernfield.backend;

import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A short recording of reductions and operations on buffers, each computed when it is recorded, and
 * the derivatives of what comes out by what went in. Whatever is recorded is differentiated by
 * {@link Reduction#vjp} or by other operations, so backends implement the leaves only.
 *
 * <pre>{@code
 * try (Tape tape = new Tape(evaluator)) {
 *     Tape.Node x = tape.variable(buffer);
 *     Tape.Node y = tape.reduce(sum, TapeArgs.rows(n).with("x", x).with("p", p)).get("value");
 *     Tape.Node loss = tape.reduce(total, TapeArgs.rows(n).with("value", y)).get("loss");
 *     Buffer gradient = tape.backward(loss, List.of(x)).get(x);
 * }
 * }</pre>
 *
 * <p>Contributions to one gradient are added in an order that follows from the recording alone. The
 * buffers of results and gradients belong to the tape and are freed when it is closed; those given
 * to {@link #variable} stay the caller's, who leaves them as they are while the tape is open. Not
 * thread-safe.
 */
public final class Tape implements AutoCloseable {
    /** A buffer on a tape. */
    public static final class Node {
        private final Buffer buffer;

        Node(Buffer buffer) {
            this.buffer = buffer;
        }

        /** Its numbers; nobody may write to them. */
        public Buffer buffer() {
            return buffer;
        }
    }

    private final Evaluator evaluator;
    private final List<TapeStep> steps = new ArrayList<>();
    private final Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Buffer> owned = new ArrayList<>();

    public Tape(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** Numbers by which something may be differentiated, or that stay as they are. */
    public Node variable(Buffer buffer) {
        var node = new Node(buffer);
        nodes.add(node);
        return node;
    }

    /** Runs a reduction; the nodes are its {@link Reduction#results} by name. */
    public Map<String, Node> reduce(Reduction reduction, TapeArgs args) {
        args.nodes().forEach((slot, node) -> known(node));
        Args bound = bind(reduction, args);
        var outputs = new LinkedHashMap<String, Buffer>();
        for (Result r : reduction.results(bound)) {
            outputs.put(r.name(), own(evaluator.allocate(r.type(), r.rows(), r.width())));
        }
        evaluator.run(reduction, bound, outputs);
        var results = new LinkedHashMap<String, Node>();
        outputs.forEach((name, buffer) -> results.put(name, variable(buffer)));
        steps.add(new ReduceStep(reduction, bound, args.nodes(), results));
        return results;
    }

    private static Args bind(Reduction reduction, TapeArgs args) {
        var buffers = new HashMap<String, Buffer>();
        var uniforms = new HashMap<>(args.uniforms());
        args.nodes()
                .forEach(
                        (name, node) -> {
                            Slot slot = reduction.kernel().slot(name);
                            if (slot.role() == Slot.Role.UNIFORM) {
                                uniforms.put(name, ReduceStep.row(node.buffer()));
                            } else {
                                buffers.put(name, node.buffer());
                            }
                        });
        return new Args(args.queries(), buffers, uniforms, args.lists());
    }

    /** op(A)·op(B). */
    public Node gemm(Node a, boolean transposeA, Node b, boolean transposeB) {
        Buffer left = known(a).buffer();
        Buffer right = known(b).buffer();
        long rows = transposeA ? left.width() : left.rows();
        long columns = transposeB ? right.rows() : right.width();
        Buffer product = allocate(left.type(), rows, columns);
        evaluator.operations().gemm(1, left, transposeA, right, transposeB, 0, product);
        Node c = variable(product);
        steps.add(new GemmStep(a, transposeA, b, transposeB, c));
        return c;
    }

    /** For each list the sum of the rows that it names: a row a query. */
    public Node gather(Node rows, NeighbourLists lists) {
        var k = kernel("gather", rows);
        k.output("sum", k.param("row", rows.buffer().width()));
        return reduce(
                        Reduction.sum(k.done(), Neighbourhood.LISTS),
                        TapeArgs.rows(lists.queries()).with("row", rows).with(lists))
                .get("sum");
    }

    /** Adds each row to all that its list names: a row a source. */
    public Node scatterAdd(Node rows, NeighbourLists lists) {
        var k = kernel("scatter", rows);
        // sources are counted by the rows of a parameter
        k.param("place", 1);
        k.output("sum", k.input("row", rows.buffer().width()));
        Buffer places = own(evaluator.allocate(rows.buffer().type(), lists.sources(), 1));
        return reduce(
                        Reduction.sumIntoSources(k.done(), Neighbourhood.LISTS),
                        TapeArgs.rows(lists.queries())
                                .with("row", rows)
                                .with("place", variable(places))
                                .with(lists))
                .get("sum");
    }

    /**
     * The rows in another order: row i is row {@code order[i]} of {@code rows}. Rows may be left
     * out or named more than once.
     */
    public Node permute(Node rows, int[] order) {
        return gather(rows, NeighbourLists.uniform(rows.buffer().rows(), 1, order.clone()));
    }

    /** The sum of all rows: one row. */
    public Node total(Node rows) {
        var k = kernel("total", rows);
        k.output("sum", k.input("row", rows.buffer().width()));
        return reduce(
                        Reduction.total(k.done()),
                        TapeArgs.rows(rows.buffer().rows()).with("row", rows))
                .get("sum");
    }

    private static KernelBuilder kernel(String name, Node rows) {
        return Kernel.build(name).precision(Precision.valueOf(rows.buffer().type().name()));
    }

    /** The spectrum of each row, see {@link BufferOperations#realFft}. */
    public Node realFft(Node signal) {
        Buffer from = known(signal).buffer();
        Buffer into = allocate(from.type(), from.rows(), 2L * (from.width() / 2 + 1));
        evaluator.operations().realFft(from, into);
        Node spectrum = variable(into);
        steps.add(new FftStep(signal, spectrum, from.width(), false));
        return spectrum;
    }

    /**
     * The signal of each row, see {@link BufferOperations#inverseRealFft}.
     *
     * @param length of a signal, even or odd
     */
    public Node inverseRealFft(Node spectrum, int length) {
        Buffer from = known(spectrum).buffer();
        Buffer into = allocate(from.type(), from.rows(), length);
        evaluator.operations().inverseRealFft(from, into);
        Node signal = variable(into);
        steps.add(new FftStep(spectrum, signal, length, true));
        return signal;
    }

    /**
     * The derivative of one number by each of {@code wrt}, of its shape. They may be variables or
     * results.
     *
     * @throws IllegalArgumentException if the node is no single number
     * @throws UnsupportedOperationException where a reduction on the way has no derivative
     */
    public Map<Node, Buffer> backward(Node number, Collection<Node> wrt) {
        Buffer value = known(number).buffer();
        if (value.rows() != 1 || value.width() != 1) {
            throw new IllegalArgumentException(
                    "backward from %d × %d numbers; take their total, or give a cotangent"
                            .formatted(value.rows(), value.width()));
        }
        Buffer one = own(evaluator.allocate(value.type(), 1, 1));
        one.write(Array.of(1, 1.0));
        return backward(Map.of(number, one), wrt);
    }

    /**
     * As {@link #backward(Node, Collection)}, carrying a cotangent back: a buffer of its shape for
     * each of some nodes, not modified.
     */
    public Map<Node, Buffer> backward(Map<Node, Buffer> cotangents, Collection<Node> wrt) {
        return backward(cotangents, wrt, List.of()).gradients();
    }

    /**
     * As {@link #backward(Map, Collection)}, with magnitudes of some gradients.
     *
     * @param magnified some of {@code wrt}, read by reductions only
     * @throws UnsupportedOperationException where one of them is read by something else
     */
    public Pullback backward(
            Map<Node, Buffer> cotangents, Collection<Node> wrt, Collection<Node> magnified) {
        wrt.forEach(this::known);
        Set<Node> needed = identities(wrt);
        for (TapeStep step : steps) {
            if (step.inputs().stream().anyMatch(needed::contains)) {
                needed.addAll(step.outputs());
            }
        }
        try (var gradients = new TapeGradients(evaluator, needed, identities(magnified))) {
            cotangents.forEach((node, buffer) -> gradients.start(known(node), buffer));
            for (TapeStep step : steps.reversed()) {
                boolean matters =
                        step.outputs().stream().anyMatch(gradients::has)
                                && step.inputs().stream().anyMatch(needed::contains);
                if (matters) {
                    refuseMagnified(step, gradients);
                    step.back(gradients);
                }
            }
            return pulledBack(gradients, wrt, magnified);
        }
    }

    private Pullback pulledBack(
            TapeGradients gradients, Collection<Node> wrt, Collection<Node> magnified) {
        var results = new IdentityHashMap<Node, Buffer>();
        wrt.forEach(node -> results.computeIfAbsent(node, n -> own(gradients.release(n))));
        var magnitudes = new IdentityHashMap<Node, Buffer>();
        magnified.forEach(
                node -> magnitudes.computeIfAbsent(node, n -> own(gradients.magnitude(n))));
        return new Pullback(results, magnitudes);
    }

    private static Set<Node> identities(Collection<Node> nodes) {
        Set<Node> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(nodes);
        return set;
    }

    private static void refuseMagnified(TapeStep step, TapeGradients gradients) {
        if (!(step instanceof ReduceStep)
                && step.inputs().stream().anyMatch(gradients::isMagnified)) {
            throw new UnsupportedOperationException(
                    "magnitudes of a gradient through "
                            + step.getClass().getSimpleName()
                            + ": only those through reductions are known; record one in between");
        }
    }

    private Node known(Node node) {
        if (!nodes.contains(node)) {
            throw new IllegalArgumentException(
                    "node of another tape; make it a variable of this one");
        }
        return node;
    }

    private Buffer allocate(ElementType type, long rows, long width) {
        return own(evaluator.allocate(type, rows, Math.toIntExact(width)));
    }

    private Buffer own(Buffer buffer) {
        owned.add(buffer);
        return buffer;
    }

    /** Frees the buffers of all results and gradients. */
    @Override
    public void close() {
        owned.forEach(Buffer::close);
        owned.clear();
        steps.clear();
        nodes.clear();
    }
}
