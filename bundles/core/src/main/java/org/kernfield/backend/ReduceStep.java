package org.kernfield.backend;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** A recorded reduction, carried back by {@link Reduction#vjp}. */
record ReduceStep(
        Reduction reduction,
        Args args,
        Map<String, Tape.Node> nodes,
        Map<String, Tape.Node> results)
        implements TapeStep {
    /** Deriving costs more than a small reduction; kept as long as somebody holds the reduction. */
    private static final Map<Reduction, Map<Set<String>, List<Reduction>>> DERIVATIVES =
            Collections.synchronizedMap(new WeakHashMap<>());

    private static final Map<Reduction, Map<Set<String>, List<Reduction>>> MAGNITUDES =
            Collections.synchronizedMap(new WeakHashMap<>());

    @Override
    public Collection<Tape.Node> inputs() {
        return nodes.values();
    }

    @Override
    public Collection<Tape.Node> outputs() {
        return results.values();
    }

    @Override
    public void back(TapeGradients gradients) {
        var wrt = new TreeSet<String>();
        nodes.forEach(
                (slot, node) -> {
                    if (gradients.isNeeded(node)) {
                        wrt.add(slot);
                    }
                });
        Args given = withCotangents(gradients);
        derivatives(wrt).forEach(d -> run(d, given, wrt, gradients, gradients::add));
        wrt.removeIf(slot -> !gradients.isMagnified(nodes.get(slot)));
        if (!wrt.isEmpty()) {
            magnitudes(wrt).forEach(d -> run(d, given, wrt, gradients, gradients::addMagnitude));
        }
    }

    private void run(
            Reduction derivative,
            Args given,
            Set<String> wrt,
            TapeGradients gradients,
            BiConsumer<Tape.Node, Buffer> taker) {
        Evaluator evaluator = gradients.evaluator();
        var outputs = new LinkedHashMap<String, Buffer>();
        try {
            for (Result r : derivative.results(given)) {
                outputs.put(r.name(), evaluator.allocate(r.type(), r.rows(), r.width()));
            }
            evaluator.run(derivative, given, outputs);
            for (String slot : wrt) {
                Buffer gradient = outputs.remove(Reduction.cotangent(slot));
                if (gradient != null) {
                    taker.accept(nodes.get(slot), gradient);
                }
            }
        } finally {
            // those that nobody has taken
            outputs.values().forEach(Buffer::close);
        }
    }

    private List<Reduction> derivatives(Set<String> wrt) {
        return DERIVATIVES
                .computeIfAbsent(reduction, r -> new ConcurrentHashMap<>())
                .computeIfAbsent(Set.copyOf(wrt), reduction::vjp);
    }

    private List<Reduction> magnitudes(Set<String> wrt) {
        return MAGNITUDES
                .computeIfAbsent(reduction, r -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        Set.copyOf(wrt),
                        slots -> reduction.vjp(slots).stream().map(Magnitudes::of).toList());
    }

    /** The arguments, the cotangents of the results, and those results that a derivative reads. */
    private Args withCotangents(TapeGradients gradients) {
        var buffers = new HashMap<>(args.buffers());
        var uniforms = new HashMap<>(args.uniforms());
        NeighbourLists lists = args.lists();
        for (var result : results.entrySet()) {
            String name = result.getKey();
            Tape.Node node = result.getValue();
            if (node.buffer().type() == ElementType.I32) {
                lists = named(node.buffer());
                continue;
            }
            Buffer cotangent = gradients.of(node);
            switch (reduction.kind()) {
                case TOTAL -> uniforms.put(Reduction.cotangent(name), row(cotangent));
                case LOG_SUM_EXP, COMPOSITE -> {
                    buffers.put(Reduction.cotangent(name), cotangent);
                    buffers.put(name, node.buffer());
                }
                default -> buffers.put(Reduction.cotangent(name), cotangent);
            }
        }
        return new Args(args.queries(), buffers, uniforms, lists);
    }

    /** Lists of the one source that each query names. */
    private NeighbourLists named(Buffer arg) {
        Array values = Array.zeros(ElementType.I32, arg.rows(), arg.width());
        arg.read(values);
        var indices = new int[Math.toIntExact(values.elements())];
        for (int k = 0; k < indices.length; k++) {
            indices[k] = (int) values.get(k);
        }
        return NeighbourLists.uniform(args.sources(reduction), arg.width(), indices);
    }

    /** The numbers of a buffer of one row. */
    static double[] row(Buffer buffer) {
        if (buffer.rows() != 1) {
            throw new IllegalArgumentException(
                    "node of %d rows for a uniform; give one row".formatted(buffer.rows()));
        }
        var values = new double[buffer.width()];
        buffer.read(Array.of(values.length, values));
        return values;
    }
}
