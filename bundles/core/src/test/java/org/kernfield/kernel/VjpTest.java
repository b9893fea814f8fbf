package org.kernfield.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Set;

class VjpTest {
    private static final Values PLACE =
            Values.of("x", 0.4, -0.3)
                    .and("p", 0.1, 0.7, 1.2)
                    .and("c", 0.6)
                    .and("idle", 5, 6)
                    .and("d_first", 0.8)
                    .and("d_second", -0.5, 1.5);

    /** Two outputs that share a sub-expression; nothing reads idle. */
    private static Kernel several() {
        var k = Kernel.build("several");
        Vec x = k.input("x", 2);
        Vec p = k.param("p", 3);
        k.param("idle", 2);
        Expr c = k.uniform("c");
        Expr shared = x.minus(p.slice(0, 2)).squaredNorm();
        k.output("first", shared.times(-0.5).exp().times(p.z()));
        k.output("second", Vec.of(shared.times(c).sin(), x.x().dividedBy(p.z())));
        return k.done();
    }

    private static double loss(Values at) {
        double[] y = at.in(several());
        return 0.8 * y[0] - 0.5 * y[1] + 1.5 * y[2];
    }

    private static void matches(String slot, int width) {
        double[] gradient = PLACE.in(several().vjp(Set.of(slot)));
        for (int c = 0; c < width; c++) {
            double h = 1e-6;
            double difference =
                    (loss(PLACE.moved(slot, c, h)) - loss(PLACE.moved(slot, c, -h))) / (2 * h);
            assertThat(gradient[c]).as(slot + c).isCloseTo(difference, within(1e-8));
        }
    }

    @Test
    void matchesDifferencesOfAllOutputsTogether() {
        matches("x", 2);
        matches("p", 3);
        matches("c", 1);
    }

    @Test
    void isZeroForASlotThatNothingReads() {
        assertThat(PLACE.in(several().vjp(Set.of("idle")))).containsExactly(0, 0);
    }

    @Test
    void isZeroForAConstantOutput() {
        var k = Kernel.build("constant");
        k.input("x");
        k.output("y", Expr.of(3));
        Kernel vjp = k.done().vjp(Set.of("x"));
        assertThat(Values.of("x", 1).and("d_y", 2).in(vjp)).containsExactly(0);
    }

    @Test
    void givesAnOutputForEachSlotAskedForInTheirOrder() {
        Kernel vjp = several().vjp(Set.of("c", "x", "p"));
        assertThat(vjp.outputs()).extracting(Output::name).containsExactly("d_x", "d_p", "d_c");
    }

    @Test
    void addsUpWhenOneExpressionIsTwoOutputs() {
        var k = Kernel.build("twice");
        Expr y = k.input("x").square();
        k.output("a", y);
        k.output("b", y);
        var at = Values.of("x", 3).and("d_a", 1).and("d_b", 10);
        assertThat(at.in(k.done().vjp(Set.of("x")))).containsExactly(66);
    }

    @Test
    void addsUpWhenAComponentIsReadTwice() {
        Slot slot = new Slot("x", Slot.Role.INPUT, 1);
        var output = new Output("y", Vec.of(slot.read().get(0).times(slot.read().get(0))));
        Kernel kernel =
                KernelBuilder.finish(
                        "twice",
                        Precision.F32,
                        java.util.List.of(slot),
                        java.util.List.of(output),
                        null);
        assertThat(Values.of("x", 3).in(kernel.jacobian("x"))).containsExactly(6);
    }

    @Test
    void differentiatesAgain() {
        var k = Kernel.build("cube");
        Expr x = k.input("x");
        k.output("y", x.square().times(x));
        Kernel second = k.done().jacobian("x").jacobian("x");
        assertThat(Values.of("x", 2).in(second)).containsExactly(12);
    }

    @Test
    void jacobianIsOutputMajor() {
        var k = Kernel.build("linear");
        Vec x = k.input("x", 2);
        k.output("a", x.x().times(2).plus(x.y().times(3)));
        k.output("b", Vec.of(x.y().times(5), x.x().times(7)));
        assertThat(Values.of("x", 1, 1).in(k.done().jacobian("x")))
                .containsExactly(2, 3, 0, 5, 7, 0);
    }

    @Test
    void keepsTheSupport() {
        var k = Kernel.build("cut");
        Expr x = k.input("x");
        Expr c = k.param("c");
        k.output("y", x.minus(c).abs().lessThan(Expr.of(1)).select(x, 0));
        k.support("x", Vec.of(c.minus(1)), Vec.of(c.plus(1)));
        assertThat(k.done().vjp(Set.of("c")).support()).isPresent();
    }

    @Test
    void namesTheSlotItHasNotGot() {
        assertThatThrownBy(() -> several().vjp(Set.of("q")))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("'q'")
                .hasMessageContaining("param p[3]");
    }

    @Test
    void refusesASlotThatHasTheNameOfACotangent() {
        var k = Kernel.build("clash");
        k.output("y", k.input("x").times(k.input("d_y")));
        Kernel kernel = k.done();
        assertThatThrownBy(() -> kernel.vjp(Set.of("x")))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("'d_y' twice");
    }

    /** Deep formulas must not need a deep stack. */
    @Test
    void differentiatesAFormulaOfTenThousandSteps() {
        var k = Kernel.build("deep");
        Expr x = k.input("x");
        Expr y = x;
        for (int n = 0; n < 10_000; n++) {
            y = y.times(0.999).plus(x.times(0.001));
        }
        k.output("y", y);
        assertThat(Values.of("x", 1).in(k.done().jacobian("x"))[0]).isCloseTo(1, within(1e-9));
    }
}
