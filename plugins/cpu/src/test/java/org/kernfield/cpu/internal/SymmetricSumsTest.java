package org.kernfield.cpu.internal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Vec;
import org.kernfield.testkit.BackendUnderTest;
import org.kernfield.testkit.Problem;
import org.kernfield.testkit.ResultChecks;
import org.kernfield.testkit.SampleKernel;

import java.util.ArrayList;
import java.util.List;

/** Symmetric sums of sets of several strips, in which pairs are computed once for both rows. */
class SymmetricSumsTest {
    /** Odd and even numbers of strips, the last one whole or not. */
    private static final int[] SIZES = {2, 77, 128, 333, 1000};

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agree(ElementType arithmetic) {
        var problems = new ArrayList<Problem>();
        for (int n : SIZES) {
            for (int columns : new int[] {0, 1, 3}) {
                problems.add(problem(gaussian(3), columns, n));
            }
        }
        agree(problems, arithmetic);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agreeWhereWideSlotsAreContracted(ElementType arithmetic) {
        agree(List.of(problem(gaussian(9), 1, 333)), arithmetic);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agreeWhereFactorsDependOnOneRow(ElementType arithmetic) {
        var k = Kernel.build("scaled");
        Vec x = k.input("x", 2);
        Expr a = k.input("a");
        Vec p = k.param("p", 2);
        Expr b = k.param("b");
        Expr near = x.minus(p).squaredNorm().times(-0.5).exp();
        k.output("value", near.times(a.exp()).times(b.exp()));
        var problem = problem(k.done(), 2, 200);
        agree(List.of(problem.with("a", problem.arrays().get("b"))), arithmetic);
    }

    private static Kernel gaussian(int width) {
        var k = Kernel.build("gaussian");
        Vec x = k.input("x", width);
        Vec p = k.param("p", width);
        Expr s = width > 4 ? x.sqdist(p) : x.minus(p).squaredNorm();
        k.output("value", s.times(-0.5).exp().times(k.uniform("variance")));
        return k.done();
    }

    private static Problem problem(Kernel kernel, int columns, int n) {
        var weighted = columns == 0 ? kernel : kernel.weighted(columns);
        var sample =
                new SampleKernel(weighted, (slot, c, random) -> random.nextDouble(-1, 1), true);
        var problem = sample.problem(Reduction.symmetricSum(weighted), new Queries.Rows(n), n);
        return problem.with("x", problem.arrays().get("p"));
    }

    private static void agree(List<Problem> problems, ElementType arithmetic) {
        var under = new BackendUnderTest(new CpuBackend(), arithmetic);
        new ResultChecks(under).agrees(problems, true);
    }
}
