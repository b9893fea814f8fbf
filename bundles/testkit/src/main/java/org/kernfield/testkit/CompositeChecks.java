package org.kernfield.testkit;

import org.kernfield.backend.ElementType;
import org.kernfield.backend.Result;
import org.kernfield.backend.Session;

import java.util.List;
import java.util.Map;

/** Splats laid over each other, and what is carried back to them. */
public final class CompositeChecks {
    private final BackendUnderTest under;

    public CompositeChecks(BackendUnderTest under) {
        this.under = under;
    }

    /**
     * It gives what the reference gives where a layer that is nearly skipped, or nearly not
     * reached, may fall either way.
     */
    public void agrees() {
        try (var workers = new Threads(2);
                var session = under.open(workers)) {
            for (Problem problem : NeighbourProblems.composites()) {
                if (under.knows(problem.reduction())) {
                    agrees(problem, session);
                }
            }
        }
    }

    private void agrees(Problem problem, Session session) {
        Map<String, double[]> results = problem.solve(session, under.arithmetic());
        Agreement.checkRounding(problem, results, under.unit());
        for (Problem backward : Backward.of(problem, results, shapes(problem)).problems()) {
            if (under.knows(backward.reduction())) {
                var gradients = backward.solve(session, under.arithmetic());
                Agreement.checkRounding(backward, gradients, under.unit());
            }
        }
    }

    private static List<Result> shapes(Problem problem) {
        try (var reference = Agreement.reference()) {
            return problem.reduction().results(problem.bind(reference, ElementType.F64));
        }
    }
}
