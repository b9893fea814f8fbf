package org.kernfield.reference;

import org.kernfield.backend.Args;
import org.kernfield.backend.ArgsCheck;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Result;
import org.kernfield.backend.Session;
import org.kernfield.reference.internal.Evaluation;
import org.kernfield.reference.internal.ReferenceBuffer;
import org.kernfield.reference.internal.ReferenceOperations;
import org.kernfield.reference.internal.Run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Float64 computing in host memory, whatever the precision of a kernel. Buffers hold each number as
 * a double, rounded to the buffer's element type when it is stored.
 */
public final class ReferenceSession implements Session {
    private final Resources resources;
    private final List<ReferenceBuffer> buffers = new ArrayList<>();

    ReferenceSession(Resources resources) {
        this.resources = resources;
    }

    @Override
    public Buffer allocate(ElementType type, long rows, int width) {
        var buffer = new ReferenceBuffer(type, rows, width, resources.budget());
        buffers.removeIf(ReferenceBuffer::isClosed);
        buffers.add(buffer);
        return buffer;
    }

    @Override
    public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
        ArgsCheck.check(reduction, args, outputs);
        var results = compute(reduction, args, Evaluation.VALUE);
        results.forEach((name, values) -> ReferenceBuffer.of(name, outputs.get(name)).put(values));
    }

    /**
     * Σ |term| of each component of each output: what the error of a sum is measured by. For a map
     * the term is the value itself.
     *
     * @param args with buffers allocated here
     * @return by output name, as many numbers as {@link #run} would write, row-major
     * @throws IllegalArgumentException as {@link #run}
     * @throws UnsupportedOperationException for a kind that sums nothing
     */
    public Map<String, double[]> magnitudes(Reduction reduction, Args args) {
        switch (reduction.kind()) {
            case LOG_SUM_EXP, MAX, COMPOSITE, COMPOSITE_INTO_SOURCES ->
                    throw new UnsupportedOperationException(
                            reduction.kind() + " has no magnitudes; ask for its tolerances");
            default -> {}
        }
        return checked(reduction, args, Evaluation.MAGNITUDE);
    }

    /**
     * How far a result may be from {@link #run}'s when every operation is rounded to the relative
     * precision {@code unit}. A map's tolerance is its running error bound, kept as an enclosure of
     * each intermediate value; a sum's is {@code unit · Σ |term|}, and for the terms in which such
     * rounding may turn a comparison or a floor the other way also the width of their enclosure.
     * What log Σ exp and a maximum may be follows from such enclosures of their terms, and what is
     * composited from enclosures of opacities and channels, with a layer that may be skipped or not
     * reached both there and absent. The numbers of sources that have a maximum have no tolerance:
     * any source will do whose value is within the tolerance of the maximum.
     *
     * @param args with buffers allocated here
     * @param unit relative precision of one operation, for example 1e-6
     * @return by output name, row-major; NaN where the result must be NaN, infinity where nothing
     *     can be said (overflow, a pole within rounding)
     * @throws IllegalArgumentException as {@link #run}
     */
    public Map<String, double[]> tolerances(Reduction reduction, Args args, double unit) {
        return checked(
                reduction,
                args,
                standsAlone(reduction)
                        ? Evaluation.toleranceOfValues(unit)
                        : Evaluation.toleranceOfTerms(unit));
    }

    /**
     * As {@link #tolerances}, but allowing a sum also the rounding errors inside each term: for
     * formulas in which terms cancel within themselves.
     *
     * @throws IllegalArgumentException as {@link #run}
     */
    public Map<String, double[]> errorBounds(Reduction reduction, Args args, double unit) {
        return checked(
                reduction,
                args,
                standsAlone(reduction)
                        ? Evaluation.toleranceOfValues(unit)
                        : Evaluation.boundOfTerms(unit));
    }

    /**
     * How far the values of sources that are said to have a maximum are below it, when every
     * operation is rounded to {@code unit}: 0 where they may have it, infinity where the source is
     * no neighbour of the query.
     *
     * @param arg by {@code arg_<output>}, as a {@link Reduction.Kind#MAX} gives them
     * @return by output name, row-major
     */
    public Map<String, double[]> shortfalls(
            Reduction max, Args args, double unit, Map<String, double[]> arg) {
        var evaluation = Evaluation.boundOfTerms(unit);
        return new Run(max, args, held(args), evaluation, resources).shortfalls(arg);
    }

    /** Whether results are no sums of terms, so that rounding inside the terms counts. */
    private static boolean standsAlone(Reduction reduction) {
        return switch (reduction.kind()) {
            case MAP, MATRIX, COMPOSITE, COMPOSITE_INTO_SOURCES -> true;
            default -> false;
        };
    }

    private Map<String, double[]> checked(Reduction reduction, Args args, Evaluation evaluation) {
        Map<String, Buffer> shapes =
                reduction.results(args).stream()
                        .collect(
                                Collectors.toMap(
                                        Result::name,
                                        r -> ReferenceBuffer.shape(r.type(), r.rows(), r.width())));
        ArgsCheck.check(reduction, args, shapes);
        return compute(reduction, args, evaluation);
    }

    private Map<String, double[]> compute(Reduction reduction, Args args, Evaluation evaluation) {
        resources.cancel().check();
        return new Run(reduction, args, held(args), evaluation, resources).results();
    }

    private static Map<String, ReferenceBuffer> held(Args args) {
        var held = new LinkedHashMap<String, ReferenceBuffer>();
        args.buffers().forEach((slot, b) -> held.put(slot, ReferenceBuffer.of(slot, b)));
        return held;
    }

    @Override
    public BufferOperations operations() {
        return new ReferenceOperations(resources.cancel());
    }

    @Override
    public void close() {
        buffers.forEach(ReferenceBuffer::close);
        buffers.clear();
    }
}
