package org.kernfield.testkit;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Reduction.Kind;
import org.kernfield.backend.Result;
import org.kernfield.kernel.Slot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The problems that carry cotangents of a problem's results back.
 *
 * @param cotangents by result, a number for each
 * @param problems one for each reduction of {@link Reduction#vjp}
 */
record Backward(Map<String, Array> cotangents, List<Problem> problems) {
    /**
     * @param results of the problem, which some derivatives read
     * @param shapes of the results
     */
    static Backward of(Problem problem, Map<String, double[]> results, List<Result> shapes) {
        var random = new SplittableRandom(7);
        var cotangents = new LinkedHashMap<String, Array>();
        var uniforms = new LinkedHashMap<>(problem.uniforms());
        Kind kind = problem.reduction().kind();
        Problem with = problem;
        for (Result result : shapes) {
            if (result.type() == ElementType.I32) {
                continue;
            }
            Array numbers = Array.zeros(ElementType.F32, result.rows(), result.width());
            for (long k = 0; k < numbers.elements(); k++) {
                numbers.set(k, random.nextDouble(-1, 1));
            }
            cotangents.put(result.name(), numbers);
            String slot = Reduction.cotangent(result.name());
            if (kind == Kind.TOTAL) {
                var values = new double[result.width()];
                for (int k = 0; k < values.length; k++) {
                    values[k] = numbers.get(k);
                }
                uniforms.put(slot, values);
            } else {
                with = with.with(slot, numbers);
            }
            if (kind == Kind.LOG_SUM_EXP || kind == Kind.COMPOSITE) {
                double[] values = results.get(result.name());
                with = with.with(result.name(), Array.of(result.width(), values));
            }
            if (kind == Kind.MAX) {
                double[] arg = results.get(Reduction.ARG + result.name());
                var indices = new int[arg.length];
                for (int k = 0; k < arg.length; k++) {
                    indices[k] = (int) arg[k];
                }
                with = with.with(NeighbourLists.uniform(problem.sources(), 1, indices));
            }
        }
        Problem all = with.with(uniforms);
        return new Backward(
                cotangents,
                problem.reduction().vjp(differentiable(problem)).stream()
                        .map(r -> all.with("gradient of " + problem, r))
                        .toList());
    }

    private static Set<String> differentiable(Problem problem) {
        Reduction reduction = problem.reduction();
        boolean isComposite = reduction.kind() == Kind.COMPOSITE;
        return reduction.kernel().slots().stream()
                .filter(s -> !reduction.filled().contains(s.name()))
                .filter(s -> !isComposite || s.role() == Slot.Role.PARAM)
                .filter(
                        s ->
                                s.role() == Slot.Role.UNIFORM
                                        || problem.arrays().containsKey(s.name()))
                .map(Slot::name)
                .filter(n -> !isComposite || !n.equals(reduction.compositing().depth()))
                .collect(Collectors.toSet());
    }
}
