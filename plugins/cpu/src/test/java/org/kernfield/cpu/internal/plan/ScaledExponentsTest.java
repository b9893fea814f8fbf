package org.kernfield.cpu.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Exponentials as powers of two. */
class ScaledExponentsTest {
    private static final double CUT = 9;

    private static Kernel distances() {
        var k = Kernel.build("distances").precision(Precision.F64);
        Expr s = k.input("x", 2).minus(k.param("p", 2)).squaredNorm();
        k.output("value", s.times(3).radial(new RadialProfile.Gaussian()));
        return k.done().weighted(1);
    }

    /** A bell with a shape of its own, 0 from s = 9 on. */
    private static Kernel cutOff() {
        var k = Kernel.build("cutOff").precision(Precision.F64);
        Vec d = k.input("x", 2).minus(k.param("p", 2));
        Vec shape = k.param("shape", 2);
        Expr s = d.x().times(shape.x()).square().plus(d.y().times(shape.y()).square());
        Expr value = s.radial(new RadialProfile.Gaussian());
        k.output("value", s.atMost(Expr.of(CUT)).select(value, 0));
        return k.done().weighted(1);
    }

    @Test
    void theFactorGoesIntoTheCoordinatesOfADistance() {
        var plain = new DensePlan(distances(), false, false);
        DensePlan scaled = plain.scaled().orElseThrow();
        assertThat(scaled.scaled()).isEmpty();
        assertThat(constantsOfPairs(plain)).isPositive();
        // the factor -ln 2 of the exponential alone, which the code leaves out
        assertThat(constantsOfPairs(scaled)).isEqualTo(1);
        assertSame(plain.ssa, plain.terms, scaled.ssa, scaled.terms);
    }

    @Test
    void derivativesTakeDifferencesFromTheScaledOnes() {
        Kernel gradient = distances().vjp(Set.of("p"));
        var plain = new DensePlan(gradient, true, false);
        DensePlan scaled = plain.scaled().orElseThrow();
        assertThat(scaled.pairs().size()).isLessThan(plain.pairs().size());
        var values = values(3);
        for (int k = 0; k < gradient.program().results().size(); k++) {
            double expected = gradient.program().evaluate(values)[k];
            var sums = new java.util.HashMap<>(values);
            sums.put(DensePlan.SUMS, scaled.ssa.extract(scaled.terms).evaluate(values));
            double finished =
                    scaled.finish == null
                            ? sums.get(DensePlan.SUMS)[k]
                            : scaled.finish.evaluate(sums)[k];
            assertThat(finished).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
        }
    }

    @Test
    void aPlanByPixelsScalesShapesAndNeverCoordinates() {
        PairPlan bell = PairPlan.gather(cutOff(), "x");
        assertThat(isScaled(bell.ssa, bell.needed)).isTrue();
        assertSame(
                new Ssa(cutOff().program(), l -> 0),
                cutOff().program().results(),
                bell.ssa,
                bell.results);
        PairPlan plain = PairPlan.gather(distances(), "x");
        assertThat(isScaled(plain.ssa, plain.needed)).isFalse();
    }

    @Test
    void aBoundStillHoldsWhereItIsMetExactly() {
        PairPlan bell = PairPlan.gather(cutOff(), "x");
        for (double size : new double[] {0.1, 1, 3, 7, 1e3}) {
            var slots =
                    Map.of(
                            "x",
                            new double[] {3 * size, 0},
                            "p",
                            new double[] {0, 0},
                            "shape",
                            new double[] {1 / size, 1 / size},
                            Kernel.WEIGHT,
                            new double[] {1});
            double[] values = bell.ssa.extract(bell.results).evaluate(slots);
            assertThat(values[0]).isCloseTo(Math.exp(-CUT / 2), within(1e-9));
        }
    }

    @Test
    void growingExponentialsAndOtherArgumentsStay() {
        var k = Kernel.build("others");
        Vec d = k.input("x", 2).minus(k.param("p", 2));
        k.output("grows", d.squaredNorm().times(0.5).exp());
        k.output("root", d.norm().times(-2).exp());
        assertThat(new DensePlan(k.done(), false, false).scaled()).isEmpty();
    }

    private static long constantsOfPairs(DensePlan plan) {
        return plan.pairs().stream()
                .filter(
                        line ->
                                plan.ssa.get(line) instanceof Instruction.Apply a
                                        && a.op() == Op.MULTIPLY
                                        && a.operands().stream()
                                                .anyMatch(
                                                        o ->
                                                                plan.ssa.get(o)
                                                                        instanceof
                                                                        Instruction.Constant))
                .count();
    }

    private static boolean isScaled(Ssa ssa, List<Integer> needed) {
        return needed.stream()
                .anyMatch(
                        line ->
                                ssa.get(line) instanceof Instruction.Constant c
                                        && c.value() == -Math.log(2));
    }

    private static Map<String, double[]> values(long seed) {
        var random = new SplittableRandom(seed);
        return Map.of(
                "x",
                random.doubles(2, -1, 1).toArray(),
                "p",
                random.doubles(2, -1, 1).toArray(),
                "shape",
                random.doubles(2, 0.5, 2).toArray(),
                Kernel.WEIGHT,
                random.doubles(1, 1, 2).toArray(),
                "d_value",
                random.doubles(1, 1, 2).toArray());
    }

    private static void assertSame(Ssa a, List<Integer> from, Ssa b, List<Integer> to) {
        for (int seed = 0; seed < 20; seed++) {
            var values = values(seed);
            double[] expected = a.extract(from).evaluate(values);
            double[] actual = b.extract(to).evaluate(values);
            for (int k = 0; k < expected.length; k++) {
                assertThat(actual[k]).isCloseTo(expected[k], within(1e-12 * Math.abs(expected[k])));
            }
        }
    }
}
