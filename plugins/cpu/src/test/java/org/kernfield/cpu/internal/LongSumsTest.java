package org.kernfield.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction.Kind;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;
import org.kernfield.kernel.Kernel;
import org.kernfield.testkit.Problem;
import org.kernfield.testkit.Problems;
import org.kernfield.testkit.SampleKernel;
import org.kernfield.testkit.SampleKernels;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Sums of very many equal terms, of which some hundred add up exactly and more are all rounded to
 * the same side: to the last digits they are the number of terms times the term.
 */
class LongSumsTest {
    private static final int MANY = 100_000;

    /** Two thousand blocks of queries. */
    private static final int MOST = 1 << 21;

    /** Operations of a formula that is too long for one method. */
    private static final int LONG = 250;

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void keepTheirDigitsInQueries(ElementType arithmetic) {
        for (int operations : new int[] {0, LONG}) {
            var sample = SampleKernels.alike(operations);
            check(problem(sample, Kind.SUM, 1, MANY), arithmetic, MANY);
        }
        check(problem(ofPairs(), Kind.SUM, 1, MANY), arithmetic, MANY);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void keepTheirDigitsInSources(ElementType arithmetic) {
        for (int operations : new int[] {0, LONG}) {
            var sample = SampleKernels.alike(operations);
            check(problem(sample, Kind.SUM_INTO_SOURCES, MOST, 1), arithmetic, MOST);
        }
        check(problem(ofPairs(), Kind.SUM_INTO_SOURCES, MOST, 1), arithmetic, MOST);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void keepTheirDigitsWhereBoxesLeaveOutMost(ElementType arithmetic) {
        for (Problem problem : Problems.longSums()) {
            if (problem.reduction().over() == Neighbourhood.TILES) {
                check(problem, arithmetic, MANY);
            }
        }
    }

    /** The sums of the queries are added in float64, in which terms of more digits are rounded. */
    @Test
    void keepTheirDigitsInTotals() {
        double level = 1 + 0x1p-47;
        var rows = Kernel.build("rows");
        rows.output("value", rows.input("x").max(rows.uniform("level")));
        var ofRows = new SampleKernel(rows.done(), (slot, c, random) -> 0, false);
        check(problem(ofRows, Kind.TOTAL, MOST, 0), ElementType.F64, level, MOST);
        check(problem(SampleKernels.alike(0), Kind.TOTAL, MOST, 1), ElementType.F64, level, MOST);
        check(problem(ofPairs(), Kind.SUM_INTO_SOURCES, MOST, 1), ElementType.F64, level, MOST);
    }

    /** A formula that reads a number of each pair. */
    private static SampleKernel ofPairs() {
        var k = Kernel.build("pairs");
        k.param("centre");
        k.output("value", k.pair("edge", 1).x().max(k.uniform("level")));
        return new SampleKernel(k.done(), (slot, c, random) -> 0, false);
    }

    private static Problem problem(SampleKernel sample, Kind kind, int queries, int sources) {
        return sample.problem(kind, Neighbourhood.ALL, new Queries.Rows(queries), sources);
    }

    private static void check(Problem problem, ElementType arithmetic, int terms) {
        boolean isSum = problem.reduction().kind() == Kind.SUM;
        // a lane of narrow vectors adds 512 queries up, a query 128 sources
        double last = arithmetic == ElementType.F32 ? 0x1p-16 : isSum ? 0x1p-45 : 0x1p-44;
        check(problem, arithmetic, 1 + last, terms);
    }

    private static void check(Problem problem, ElementType arithmetic, double level, int terms) {
        var resources = new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE);
        try (var session = new CpuBackend().open(resources)) {
            var leveled = problem.with(Map.of("level", new double[] {level}));
            double found = leveled.solve(session, arithmetic).get("value")[0];
            double sum = new BigDecimal(level).multiply(new BigDecimal(terms)).doubleValue();
            double last = arithmetic == ElementType.F64 ? Math.ulp(sum) : Math.ulp((float) sum);
            assertThat(found).as("%s", problem).isCloseTo(sum, within(2 * last));
        }
    }
}
