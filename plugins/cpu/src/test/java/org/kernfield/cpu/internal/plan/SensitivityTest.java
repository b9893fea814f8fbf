package org.kernfield.cpu.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Vec;

import java.util.HashMap;
import java.util.function.UnaryOperator;

/** Bounds of |dF/ds|/|F| for functions of a squared distance s between 0 and 9. */
class SensitivityTest {
    private static final double SLACK = 1e-4;

    @Test
    void ofAnExponentialIsItsRate() {
        assertEquals(0.7, relative(s -> s.times(-0.7).exp()), SLACK);
    }

    @Test
    void ofARationalFunctionIsGreatestAtZero() {
        // d log (1 + s/2)⁻¹ / ds = −½ / (1 + s/2)
        assertEquals(0.5, relative(s -> Expr.of(1).dividedBy(s.times(0.5).plus(1))), SLACK);
    }

    @Test
    void ofProductsAddUp() {
        assertEquals(
                0.7 + 0.5, relative(s -> s.times(-0.7).exp().times(s.times(0.5).plus(1))), SLACK);
    }

    @Test
    void ofARootIsUnboundedAtZero() {
        assertEquals(Double.POSITIVE_INFINITY, relative(s -> s.sqrt().negate().exp()));
        assertEquals(Double.POSITIVE_INFINITY, relative(Expr::sqrt));
    }

    @Test
    void ofWhatJumpsIsUnbounded() {
        assertEquals(
                Double.POSITIVE_INFINITY,
                relative(s -> s.lessThan(Expr.of(4)).select(s.negate().exp(), Expr.of(0))));
    }

    private static double relative(UnaryOperator<Expr> function) {
        var k = Kernel.build("function");
        Vec x = k.input("x", 8);
        Vec p = k.param("p", 8);
        k.output("value", function.apply(x.sqdist(p)));
        var plan = new DensePlan(k.done(), false, false);
        int contraction = plan.contractions().getFirst();
        var known = new HashMap<Integer, Ranges.Range>();
        known.put(contraction, new Ranges.Range(0, 9));
        var ranges = new Ranges(plan.ssa, known, SensitivityTest::unexpected);
        ranges.follow(plan.needed);
        return new Sensitivity(plan.ssa, ranges, plan.needed, contraction)
                .relative(plan.terms.getFirst());
    }

    private static Ranges.Range unexpected(Instruction.Load load) {
        throw new AssertionError(load.text());
    }
}
