package org.kernfield.testkit;

import org.kernfield.backend.Args;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.reference.ReferenceSession;

import java.util.Map;

/** Compares results with those of the float64 reference, at the tolerance of a precision. */
public final class Agreement {
    private Agreement() {}

    /** The relative precision demanded of arithmetic in an element type. */
    public static double unit(ElementType type) {
        return type == ElementType.F64 ? 1e-14 : 1e-6;
    }

    /** A unit of tolerance over the rounding of one operation: 1e-6 over 2⁻²⁴, 1e-14 over 2⁻⁵³. */
    private static final double ROUNDINGS = 16;

    /**
     * Every number within {@code unit · Σ |term|} of the reference, and what rounding each
     * operation once makes unavoidable inside a term, which counts where a sum has few of them; a
     * map within its error bound.
     *
     * @param results by output name, row-major
     */
    public static void check(Problem problem, Map<String, double[]> results, double unit) {
        check(problem, results, unit, false);
    }

    /** As {@link #check}, allowing also the rounding errors inside each term. */
    public static void checkRounding(Problem problem, Map<String, double[]> results, double unit) {
        check(problem, results, unit, true);
    }

    private static void check(
            Problem given, Map<String, double[]> results, double unit, boolean insideTerms) {
        try (ReferenceSession session = reference()) {
            var problem = given.in(ElementType.F64);
            var expected = problem.solve(session, ElementType.F64);
            var args = problem.bind(session, ElementType.F64);
            var tolerances =
                    insideTerms
                            ? session.errorBounds(problem.reduction(), args, unit)
                            : session.tolerances(problem.reduction(), args, unit);
            if (!insideTerms) {
                session.errorBounds(problem.reduction(), args, unit / ROUNDINGS)
                        .forEach((output, bound) -> addTo(tolerances.get(output), bound));
            }
            if (problem.reduction().kind() == Reduction.Kind.MAX) {
                checkSources(problem, session, args, results, unit);
            }
            tolerances.forEach(
                    (output, tolerance) -> {
                        double[] found = results.get(output);
                        double[] wanted = expected.get(output);
                        for (int k = 0; k < wanted.length; k++) {
                            if (!agrees(found[k], wanted[k], tolerance[k])) {
                                throw new AssertionError(
                                        "%s: %s[%d] is %s; the reference gives %s ± %s"
                                                .formatted(
                                                        problem,
                                                        output,
                                                        k,
                                                        found[k],
                                                        wanted[k],
                                                        tolerance[k]));
                            }
                        }
                    });
        }
    }

    /** The sources that are said to have a maximum may have it. */
    private static void checkSources(
            Problem problem,
            ReferenceSession session,
            Args args,
            Map<String, double[]> results,
            double unit) {
        session.shortfalls(problem.reduction(), args, unit, results)
                .forEach(
                        (output, shortfalls) -> {
                            for (int k = 0; k < shortfalls.length; k++) {
                                if (shortfalls[k] > 0) {
                                    throw new AssertionError(
                                            "%s: arg_%s[%d] is %s, whose value is %s too small"
                                                    .formatted(
                                                            problem,
                                                            output,
                                                            k,
                                                            results.get(Reduction.ARG + output)[k],
                                                            shortfalls[k]));
                                }
                            }
                        });
    }

    private static void addTo(double[] sums, double[] more) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += more[k];
        }
    }

    private static boolean agrees(double given, double wanted, double tolerance) {
        if (Double.isNaN(tolerance)) {
            return Double.isNaN(given);
        }
        return given == wanted
                || tolerance == Double.POSITIVE_INFINITY
                || Math.abs(given - wanted) <= tolerance;
    }

    /** A session of the reference on this thread. */
    public static ReferenceSession reference() {
        return new ReferenceBackend()
                .open(new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE));
    }
}
