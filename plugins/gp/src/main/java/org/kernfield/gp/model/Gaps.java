package org.kernfield.gp.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What is to be said of labels and inputs that a table lacks. */
final class Gaps {
    private final Problem problem;

    Gaps(Problem problem) {
        this.problem = problem;
    }

    /** A line for each kind of them. */
    List<String> lines() {
        var task = problem.task();
        int fitted = (int) IntStream.of(problem.rows()).distinct().count();
        int dropped = task.rows() - fitted + task.leftOut().unlabelled();
        int incomplete = task.leftOut().incomplete();
        int missing = fitted * task.outputs() - problem.data().y().length;
        var lines = new ArrayList<String>();
        if (dropped > 0) {
            lines.add(leftOut(dropped, "row", "without a label"));
        }
        if (incomplete > 0) {
            lines.add(leftOut(incomplete, "row", "with a missing input"));
        }
        if (missing > 0) {
            lines.add(
                    leftOut(missing, "cell", "without a label")
                            + (missing == 1
                                    ? " of a row that has others"
                                    : " of rows that have others"));
        }
        return lines;
    }

    private static String leftOut(int count, String thing, String what) {
        return "%s %s %s left out"
                .formatted(Lists.counted(count, thing), what, count == 1 ? "was" : "were");
    }
}
