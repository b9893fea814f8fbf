package org.kernfield.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Stream;

class DerivativeOfOpTest {
    private static final double[][] POINTS = {{0.7, 1.3, -0.4}, {1.9, 0.6, 2.2}, {0.3, 0.9, 1.1}};

    private static Kernel kernel(Op op) {
        var k = Kernel.build(op.name());
        Expr a = k.input("a");
        Expr b = k.param("b");
        Expr c = k.uniform("c");
        Condition less = a.lessThan(b);
        k.output(
                "y",
                switch (op) {
                    case LESS, SELECT -> less.select(b.times(c), a.times(c));
                    case LESS_EQUAL -> a.atMost(b).select(b.square(), c);
                    case ACOS -> a.times(0.5).acos();
                    case LOG_BESSEL_I, LOG_BESSEL_I_BY_X ->
                            Simplify.apply(op, Expr.of(1.25), b.abs());
                    case LOG_BESSEL_K, LOG_BESSEL_K_BY_X ->
                            Simplify.apply(op, Expr.of(1.25), b.abs());
                    case RANDOM -> Expr.random(a, b, c, a).times(b);
                    default -> Simplify.apply(op, Arrays.copyOf(new Expr[] {a, b, c}, op.arity()));
                });
        return k.done();
    }

    @TestFactory
    Stream<DynamicTest> matchesDifferences() {
        return EnumSet.complementOf(
                        EnumSet.of(Op.DIGAMMA, Op.LOG_BESSEL_I_BY_ORDER, Op.LOG_BESSEL_K_BY_ORDER))
                .stream()
                .map(op -> DynamicTest.dynamicTest(op.name(), () -> matchesDifferences(op)));
    }

    private static void matchesDifferences(Op op) {
        Kernel kernel = kernel(op);
        for (double[] p : POINTS) {
            var at = Values.of("a", p[0]).and("b", p[1]).and("c", p[2]);
            for (String slot : new String[] {"a", "b", "c"}) {
                assertThat(at.in(kernel.jacobian(slot))[0])
                        .as("d %s / d %s", op, slot)
                        .isCloseTo(at.difference(kernel, 0, slot, 0), within(1e-7));
            }
        }
    }

    @Test
    void digammaHasNoSlopeInTheLanguage() {
        assertThatThrownBy(() -> kernel(Op.DIGAMMA).jacobian("a"))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("digamma(a): its derivative, the trigamma function");
    }

    @Test
    void logBesselFunctionsHaveFirstDerivativesByTheirOrder() {
        for (Op op : new Op[] {Op.LOG_BESSEL_I, Op.LOG_BESSEL_K}) {
            var k = Kernel.build(op.name()).precision(Precision.F64);
            Expr order = k.input("a");
            Kernel kernel = k.output("y", Simplify.apply(op, order, k.input("b"))).done();
            for (double[] p : new double[][] {{0.3, 0.7}, {2.5, 4}, {3, 60}, {80, 2}}) {
                var at = Values.of("a", p[0]).and("b", p[1]);
                assertThat(at.in(kernel.jacobian("a"))[0])
                        .isCloseTo(at.difference(kernel, 0, "a", 0), within(1e-7));
            }
            assertThatThrownBy(() -> kernel.jacobian("b").jacobian("a"))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("its derivative by a is not in the language");
            assertThat(kernel.jacobian("a").fingerprint()).isNotEmpty();
        }
    }

    @Test
    void slopeOfAPowerOfZeroIsALimit() {
        Kernel power = kernel(Op.POW);
        assertThat(slope(power, 0, 2)).isZero();
        assertThat(Values.of("a", 0).and("b", 2).and("c", 1).in(power.jacobian("b")))
                .containsExactly(new double[1], within(0.0));
    }

    private static double slope(Kernel kernel, double a, double b) {
        return Values.of("a", a).and("b", b).and("c", 1).in(kernel.jacobian("a"))[0];
    }

    @Test
    void absHasTheRightHandSlopeAtZero() {
        assertThat(slope(kernel(Op.ABS), 0, 0)).isEqualTo(1);
        assertThat(slope(kernel(Op.ABS), -2, 0)).isEqualTo(-1);
    }

    @Test
    void floorHasNoSlope() {
        assertThat(slope(kernel(Op.FLOOR), 2, 0)).isZero();
    }

    @Test
    void tiePassesTheWholeSlopeToTheFirstOperand() {
        for (Op op : new Op[] {Op.MIN, Op.MAX}) {
            var tie = Values.of("a", 1).and("b", 1).and("c", 0);
            assertThat(tie.in(kernel(op).jacobian("a"))).containsExactly(1);
            assertThat(tie.in(kernel(op).jacobian("b")))
                    .containsExactly(new double[1], within(0.0));
        }
    }

    @Test
    void clampHasSlopeInsideOnly() {
        var k = Kernel.build("clamp");
        k.output("y", k.input("a").clamp(-1, 2));
        Kernel slope = k.done().jacobian("a");
        assertThat(Values.of("a", 0.5).in(slope)).containsExactly(1);
        assertThat(Values.of("a", -3).in(slope)).containsExactly(new double[1], within(0.0));
        assertThat(Values.of("a", 3).in(slope)).containsExactly(new double[1], within(0.0));
    }

    @Test
    void squareCountsBothFactors() {
        var k = Kernel.build("square");
        k.output("y", k.input("a").square());
        assertThat(Values.of("a", 3).in(k.done().jacobian("a"))).containsExactly(6);
    }

    @Test
    void untakenBranchHasNoInfluenceOnTheSlope() {
        var k = Kernel.build("cut");
        Expr a = k.input("a");
        Expr b = k.param("b");
        Expr root = Expr.of(1).minus(a).sqrt();
        k.output("y", a.lessThan(Expr.of(1)).select(root.log().times(b), 0));
        Kernel kernel = k.done();
        assertThat(Values.of("a", 3).and("b", 2).in(kernel.jacobian("a")))
                .containsExactly(new double[1], within(0.0));
        assertThat(Values.of("a", 3).and("b", 2).in(kernel.jacobian("b")))
                .containsExactly(new double[1], within(0.0));
        assertThat(Values.of("a", 0).and("b", 2).in(kernel.jacobian("a"))).containsExactly(-1);
    }

    @Test
    void nestedUntakenBranchesHaveNoInfluenceOnTheSlope() {
        var k = Kernel.build("nested");
        Expr a = k.input("a");
        Expr inner = a.lessThan(Expr.of(5)).select(a.log(), a.dividedBy(a.minus(7)));
        k.output("y", Expr.of(0).lessThan(a).select(inner, a.times(2)));
        Kernel slope = k.done().jacobian("a");
        assertThat(Values.of("a", 0).in(slope)).containsExactly(2);
        assertThat(Values.of("a", 2).in(slope)).containsExactly(0.5);
    }

    @Test
    void overflowInTheUntakenBranchHasNoInfluenceOnTheSlope() {
        var k = Kernel.build("overflow");
        Expr a = k.input("a");
        k.output("y", a.lessThan(Expr.of(1)).select(a.square().exp(), 0));
        Kernel slope = k.done().jacobian("a");
        assertThat(Values.of("a", 100).in(slope)).containsExactly(new double[1], within(0.0));
        assertThat(Values.of("a", 0.5).in(slope)[0]).isCloseTo(Math.exp(0.25), within(1e-15));
    }
}
