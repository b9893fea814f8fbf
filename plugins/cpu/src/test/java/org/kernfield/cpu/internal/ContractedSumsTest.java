package org.kernfield.cpu.internal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Vec;
import org.kernfield.testkit.BackendUnderTest;
import org.kernfield.testkit.Problem;
import org.kernfield.testkit.ResultChecks;
import org.kernfield.testkit.SampleKernel;

import java.util.ArrayList;

/** Sums whose kernels contract wide slots, which tiles compute as matrix products. */
class ContractedSumsTest {
    /** Wider than a block of components. */
    private static final int WIDTH = 300;

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agreeWithTheReference(ElementType arithmetic) {
        var sample =
                new SampleKernel(
                        kernel(), (slot, component, random) -> random.nextDouble(-1, 1), true);
        var problems = new ArrayList<Problem>();
        for (var kind :
                new Reduction.Kind[] {Reduction.Kind.SUM, Reduction.Kind.SUM_INTO_SOURCES}) {
            problems.add(sample.problem(kind, Neighbourhood.ALL, new Queries.Rows(1), 1));
            problems.add(sample.problem(kind, Neighbourhood.ALL, new Queries.Rows(77), 131));
            problems.add(sample.problem(kind, Neighbourhood.ALL, new Queries.Rows(131), 77));
        }
        var under = new BackendUnderTest(new CpuBackend(), arithmetic);
        new ResultChecks(under).agrees(problems, true);
    }

    private static Kernel kernel() {
        var k = Kernel.build("wide");
        Vec x = k.input("x", WIDTH);
        Vec p = k.param("p", WIDTH);
        k.output("near", x.sqdist(p).times(-0.01).exp().times(k.param("weight")));
        k.output("product", x.dot(p).tanh());
        return k.done();
    }
}
