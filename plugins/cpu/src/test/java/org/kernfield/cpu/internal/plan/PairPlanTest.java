package org.kernfield.cpu.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;

import java.util.List;
import java.util.Set;

/** What is moved out of the loop over pixels. */
class PairPlanTest {
    private static Kernel gaussian() {
        var k = Kernel.build("gaussian");
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Expr sharpness = k.param("sharpness").exp();
        Expr s = x.minus(centre).times(sharpness).squaredNorm();
        k.output("value", s.atMost(Expr.of(9)).select(s.radial(new RadialProfile.Gaussian()), 0));
        return k.done().weighted(3);
    }

    @Test
    void preparesWhatDependsOnTheSourceAlone() {
        PairPlan plan = PairPlan.gather(gaussian(), "x");
        assertThat(plan.prepare.instructions())
                .anyMatch(i -> i instanceof Instruction.Apply a && a.op() == Op.EXP);
        assertThat(exponentialsPerPixel(plan)).isEqualTo(1);
    }

    @Test
    void sumsNoMoreThanNeededAlongARow() {
        Kernel gradient = gaussian().vjp(Set.of("centre", "sharpness", "weight"));
        PairPlan plan = PairPlan.intoSources(gradient, "x");
        // three weights, and for the rest two moments along x and the plain sum
        assertThat(plan.rowTerms).hasSizeLessThanOrEqualTo(7);
        assertThat(exponentialsPerPixel(plan)).isEqualTo(1);
    }

    @Test
    void takesTheTwosOfSquaresOutOfTheSums() {
        var k = Kernel.build("square");
        Vec x = k.input("x", 2);
        Expr weight = k.param("weight");
        Expr s = x.minus(k.param("centre", 2)).squaredNorm();
        k.output("value", weight.times(s.plus(s).times(s.plus(s))));
        PairPlan plan = PairPlan.intoSources(k.done(), "x");
        for (int term : plan.rowTerms) {
            assertThat(plan.ssa.needed(List.of(term)))
                    .noneMatch(line -> isDoubled(plan.ssa.get(line)));
        }
    }

    @Test
    void takesNumbersOutOfWhatIsCutOff() {
        Kernel gradient = gaussian().vjp(Set.of("centre", "sharpness", "weight"));
        PairPlan plan = PairPlan.intoSources(gradient, "x");
        // the derivative is −1/2 e^(−s/2) where s ≤ 9; in the loop only the exponent has a factor
        List<Integer> multiplied =
                plan.needed.stream()
                        .filter(line -> (plan.ssa.dependence(line) & Levels.QUERY) != 0)
                        .filter(line -> isMultipleByNumber(plan, line))
                        .toList();
        assertThat(multiplied).hasSize(1);
        assertThat(plan.needed)
                .anyMatch(
                        line ->
                                plan.ssa.get(line) instanceof Instruction.Apply a
                                        && a.op() == Op.EXP
                                        && a.operand(0) == multiplied.getFirst());
    }

    private static boolean isMultipleByNumber(PairPlan plan, int line) {
        return plan.ssa.get(line) instanceof Instruction.Apply a
                && a.op() == Op.MULTIPLY
                && a.operands().stream()
                        .anyMatch(o -> plan.ssa.get(o) instanceof Instruction.Constant);
    }

    private static boolean isDoubled(Instruction instruction) {
        return instruction instanceof Instruction.Apply a
                && a.op() == Op.ADD
                && a.operand(0) == a.operand(1);
    }

    private static long exponentialsPerPixel(PairPlan plan) {
        return plan.needed.stream()
                .filter(line -> (plan.ssa.dependence(line) & Levels.QUERY) != 0)
                .filter(
                        line ->
                                plan.ssa.get(line) instanceof Instruction.Apply a
                                        && a.op() == Op.EXP)
                .count();
    }
}
