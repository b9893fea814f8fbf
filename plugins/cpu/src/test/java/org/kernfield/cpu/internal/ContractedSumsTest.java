package org.kernfield.cpu.internal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;
import org.kernfield.testkit.BackendUnderTest;
import org.kernfield.testkit.Problem;
import org.kernfield.testkit.ResultChecks;
import org.kernfield.testkit.SampleKernel;

import java.util.ArrayList;
import java.util.Set;

/** Sums over all pairs that run in several loops, against the reference. */
class ContractedSumsTest {
    /** Components that are written out, and more than a block of them. */
    private static final int[] WIDTHS = {8, 300};

    /** More columns than the registers hold sums for, and a number that does not divide evenly. */
    private static final int COLUMNS = 11;

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agreeWhereWideSlotsAreContracted(ElementType arithmetic) {
        for (int width : WIDTHS) {
            agree(contracting(width), arithmetic);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agreeWhereWideSlotsAreScaled(ElementType arithmetic) {
        for (int width : WIDTHS) {
            agree(scaled(width), arithmetic);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agreeForPayloadsOfManyColumns(ElementType arithmetic) {
        for (int width : new int[] {3, 8}) {
            agree(gaussian(width).weighted(COLUMNS), arithmetic);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agreeWhereDerivativesReadWhatTheExponentDoes(ElementType arithmetic) {
        Kernel kernel = gaussian(3).weighted(1);
        agree(kernel.vjp(Set.of("x")), arithmetic);
    }

    private static void agree(Kernel kernel, ElementType arithmetic) {
        var sample =
                new SampleKernel(
                        kernel, (slot, component, random) -> random.nextDouble(-1, 1), true);
        var problems = new ArrayList<Problem>();
        for (var kind :
                new Reduction.Kind[] {Reduction.Kind.SUM, Reduction.Kind.SUM_INTO_SOURCES}) {
            problems.add(sample.problem(kind, Neighbourhood.ALL, new Queries.Rows(1), 1));
            problems.add(sample.problem(kind, Neighbourhood.ALL, new Queries.Rows(77), 131));
            problems.add(sample.problem(kind, Neighbourhood.ALL, new Queries.Rows(131), 77));
        }
        // more rows than a block
        var sum = Reduction.Kind.SUM;
        problems.add(sample.problem(sum, Neighbourhood.ALL, new Queries.Rows(20), 300));
        var under = new BackendUnderTest(new CpuBackend(), arithmetic);
        new ResultChecks(under).agrees(problems, true);
    }

    private static Kernel contracting(int width) {
        var k = Kernel.build("wide");
        Vec x = k.input("x", width);
        Vec p = k.param("p", width);
        k.output("near", x.sqdist(p).times(-0.01).exp().times(k.param("weight")));
        k.output("product", x.dot(p).tanh());
        return k.done();
    }

    /** The root is as steep as it likes near 0, so that its square is never expanded. */
    private static Kernel scaled(int width) {
        var k = Kernel.build("scaled");
        Vec x = k.input("x", width);
        Vec p = k.param("p", width);
        Vec scale = k.uniform("scale", width);
        Expr near = x.sqdist(p, scale);
        k.output("near", near.times(-0.01).exp().times(k.param("weight")));
        k.output("steep", near.sqrt().times(-0.1).exp());
        k.output("product", x.dot(p, scale).tanh());
        return k.done();
    }

    private static Kernel gaussian(int width) {
        var k = Kernel.build("gaussian");
        Vec x = k.input("x", width);
        Vec p = k.param("p", width);
        Expr s = width > 4 ? x.sqdist(p) : x.minus(p).squaredNorm();
        k.output("value", s.radial(new RadialProfile.Gaussian()));
        return k.done();
    }
}
