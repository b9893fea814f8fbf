package org.kernfield.engine.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Workers;
import org.kernfield.field.Compute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A facade that notes which reductions run, so that they can be prepared together. */
final class NotingCompute implements Compute {
    private final Compute compute;
    private final Map<Reduction, Queries> noted = new LinkedHashMap<>();

    NotingCompute(Compute compute) {
        this.compute = compute;
    }

    /** Announces all that has run. */
    void prepare() {
        noted.entrySet().stream()
                .collect(
                        java.util.stream.Collectors.groupingBy(
                                e -> e.getValue() instanceof Queries.Raster,
                                LinkedHashMap::new,
                                java.util.stream.Collectors.toList()))
                .values()
                .forEach(
                        alike ->
                                compute.prepare(
                                        alike.stream().map(Map.Entry::getKey).toList(),
                                        alike.getFirst().getValue()));
    }

    @Override
    public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
        compute.run(reduction, args, outputs);
        noted.putIfAbsent(reduction, args.queries());
    }

    @Override
    public void prepare(List<Reduction> reductions, Queries queries) {
        reductions.forEach(r -> noted.putIfAbsent(r, queries));
    }

    @Override
    public Buffer allocate(ElementType type, long rows, int width) {
        return compute.allocate(type, rows, width);
    }

    @Override
    public BufferOperations operations() {
        return compute.operations();
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        return compute.linearAlgebra();
    }

    @Override
    public String backend() {
        return compute.backend();
    }

    @Override
    public double progress() {
        return compute.progress();
    }

    @Override
    public Workers workers() {
        return compute.workers();
    }

    @Override
    public long memoryLeft() {
        return compute.memoryLeft();
    }

    @Override
    public void checkCancelled() {
        compute.checkCancelled();
    }
}
