package org.kernfield.splat.render;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Evaluator;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;

import java.util.Map;

/** Runs composites over another neighbourhood than they ask for. */
record Unboxed(Evaluator evaluator, Neighbourhood over) implements Evaluator {
    @Override
    public Buffer allocate(ElementType type, long rows, int width) {
        return evaluator.allocate(type, rows, width);
    }

    @Override
    public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
        evaluator.run(
                reduction.kind() == Reduction.Kind.COMPOSITE
                        ? new Reduction(
                                reduction.kind(),
                                reduction.kernel(),
                                over,
                                false,
                                reduction.compositing())
                        : reduction,
                args,
                outputs);
    }

    @Override
    public BufferOperations operations() {
        return evaluator.operations();
    }
}
