package org.kernfield.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ContractionTest {
    private static final Values PLACE =
            Values.of("x", 1, -2, 0.5).and("p", 0.25, 3, 2).and("s", 2, 0.5, 1.5);

    private static Kernel scaled(int width) {
        var k = Kernel.build("scaled");
        Vec x = k.input("x", width);
        Vec p = k.param("p", width);
        Vec s = k.uniform("s", width);
        k.output("y", Vec.of(x.dot(p), x.sqdist(p), x.dot(p, s), x.sqdist(p, s), x.dot(x)));
        return k.done();
    }

    @Test
    void valuesAreSumsOverTheComponents() {
        // worked out by hand
        assertThat(PLACE.in(scaled(3)))
                .containsExactly(
                        new double[] {
                            0.25 - 6 + 1,
                            0.5625 + 25 + 2.25,
                            0.25 * 4 - 6 * 0.25 + 2.25,
                            0.5625 * 4 + 25 * 0.25 + 2.25 * 2.25,
                            1 + 4 + 0.25
                        },
                        within(1e-15));
    }

    @Test
    void isOneInstructionHoweverWide() {
        for (int width : new int[] {1, 3, 5000}) {
            assertThat(scaled(width).program().instructions())
                    .hasSize(5)
                    .allMatch(i -> i instanceof Instruction.Contract);
        }
        assertThat(scaled(100).program().operations()).isEqualTo(100 * (2 + 3 + 3 + 4 + 2));
    }

    @Test
    void loweringWritesItOut() {
        Kernel plain = scaled(3).lowered(EnumSet.allOf(Op.class), Set.of());
        assertThat(PLACE.in(plain)).containsExactly(PLACE.in(scaled(3)), within(1e-15));
        assertThat(plain.program().instructions())
                .noneMatch(i -> i instanceof Instruction.Contract);
        assertThat(plain.fingerprint()).isNotEqualTo(scaled(3).fingerprint());
        Kernel half = scaled(3).lowered(EnumSet.allOf(Op.class), Set.of(Contraction.DOT));
        assertThat(half.program().instructions())
                .filteredOn(i -> i instanceof Instruction.Contract)
                .hasSize(3);
    }

    @Test
    void loweringNamesWhatIsMissing() {
        assertThatThrownBy(() -> scaled(3).lowered(Set.of(Op.MULTIPLY, Op.SUBTRACT), Set.of()))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("kernel scaled: add cannot be written");
    }

    @Test
    void orderOfTheOperandsDoesNotMatter() {
        var k = Kernel.build("twice");
        Vec x = k.input("x", 7);
        Vec p = k.param("p", 7);
        k.output("y", x.sqdist(p).plus(p.sqdist(x)));
        assertThat(k.done().program().instructions()).hasSize(2);
    }

    @Test
    void derivativesMatchDifferences() {
        Kernel kernel = scaled(3);
        for (String slot : List.of("x", "p", "s")) {
            double[] jacobian = PLACE.in(kernel.jacobian(slot));
            for (int output = 0; output < 5; output++) {
                for (int c = 0; c < 3; c++) {
                    assertThat(jacobian[output * 3 + c])
                            .as("%d by %s[%d]", output, slot, c)
                            .isCloseTo(PLACE.difference(kernel, output, slot, c), within(1e-8));
                }
            }
        }
    }

    @Test
    void slopeOfAProfileKeepsTheContraction() {
        var k = Kernel.build("gaussian");
        k.output(
                "y",
                k.input("x", 50).sqdist(k.param("p", 50)).radial(new RadialProfile.Gaussian()));
        var slope = k.done().vjp(Set.of("x")).program().instructions();
        assertThat(slope).filteredOn(i -> i instanceof Instruction.Contract).hasSize(1);
    }

    @Test
    void partsOfSlotsAreWrittenOut() {
        var k = Kernel.build("part");
        Vec x = k.input("x", 3);
        Vec p = k.param("p", 2);
        Vec s = k.param("s", 2);
        k.output("part", x.slice(0, 2).sqdist(p));
        k.output("ownScale", p.sqdist(p, s));
        assertThat(k.done().program().instructions())
                .noneMatch(i -> i instanceof Instruction.Contract);
    }

    @Test
    void compositionBindsEitherSide() {
        var k = Kernel.build("outer");
        Vec u = k.input("u", 3);
        Vec p = k.param("p", 3);
        Vec s = k.uniform("s", 3);
        var renamed = scaled(3).apply(Map.of("x", u, "p", p, "s", s)).get("y");
        k.output("same", renamed);
        assertThat(k.done().program().instructions()).hasSize(5);
        var shifted = Kernel.build("shifted");
        shifted.input("x", 3);
        shifted.param("p", 3);
        shifted.uniform("s", 3);
        Vec moved = shifted.input("d", 3).plus(PLACE_X);
        shifted.output("y", scaled(3).apply(Map.of("x", moved)).get("y"));
        double[] expected = PLACE.in(scaled(3));
        assertThat(PLACE.and("d", 0, 0, 0).in(shifted.done()))
                .containsExactly(expected, within(1e-15));
    }

    private static final Vec PLACE_X = Vec.of(Expr.of(1), Expr.of(-2), Expr.of(0.5));

    @Test
    void unequalWidthsShowBothSlots() {
        var k = Kernel.build("widths");
        Vec x = k.input("x", 784);
        Vec p = k.param("p", 783);
        assertThatThrownBy(() -> x.sqdist(p))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("x[0..783] sqdist p[0..782]: 784 components against 783");
    }

    @Test
    void foreignSlotsAreNamed() {
        Vec elsewhere = Kernel.build("other").input("q", 3);
        var k = Kernel.build("mine");
        k.output("y", k.input("x", 3).dot(elsewhere));
        assertThatThrownBy(k::done).hasMessageContaining("output y = dot(q, x): input q[3]");
    }
}
