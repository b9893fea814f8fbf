package org.kernfield.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

class KernelTest {
    private static Kernel gaussian(String slot, double factor, double half) {
        var k = Kernel.build("gaussian");
        Expr x = k.input("x");
        Expr c = k.param(slot);
        k.output("y", x.minus(c).square().times(-factor).exp());
        k.support("x", Vec.of(c.minus(half)), Vec.of(c.plus(half)));
        return k.done();
    }

    @Test
    void sameContentHasTheSameFingerprint() {
        assertThat(gaussian("c", 0.5, 3).fingerprint())
                .isEqualTo(gaussian("c", 0.5, 3).fingerprint())
                .matches("[0-9a-f]{64}");
    }

    /** Fixed for ever: it names compiled code that others may have cached. */
    @Test
    void fingerprintDoesNotDependOnTheProcess() {
        var k = Kernel.build("identity");
        k.output("y", k.input("x"));
        String text = "input x[1]\ny 1\n%0 = load x[0]\nreturn [0]\n";
        assertThat(k.done().fingerprint()).isEqualTo(sha256(text));
    }

    private static String sha256(String text) {
        try {
            var digest = java.security.MessageDigest.getInstance("SHA-256");
            return java.util.HexFormat.of().formatHex(digest.digest(text.getBytes()));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whateverDiffersChangesTheFingerprint() {
        var x = new Slot("x", Slot.Role.INPUT, 1);
        var wide = new Slot("x", Slot.Role.INPUT, 2);
        var uniform = new Slot("x", Slot.Role.UNIFORM, 1);
        var more = new Slot("z", Slot.Role.INPUT, 1);
        var kernels =
                List.of(
                        gaussian("c", 0.5, 3),
                        gaussian("d", 0.5, 3),
                        gaussian("c", 0.25, 3),
                        gaussian("c", 0.5, 4),
                        gaussian("c", 0.5, 3).in(Precision.F64),
                        plain(x, "y", x.read().get(0)),
                        plain(x, "z", x.read().get(0)),
                        plain(wide, "y", wide.read().get(0)),
                        plain(wide, "y", wide.read().get(1)),
                        plain(uniform, "y", uniform.read().get(0)),
                        plain(x, "y", x.read().get(0).negate()),
                        plain(x, "y", Expr.of(0.0).plus(x.read().get(0)).sqrt()),
                        plain(x, "y", x.read().get(0).times(Expr.of(1e-300))),
                        plain(x, "y", x.read().get(0).times(Expr.of(Math.nextUp(1e-300)))),
                        KernelBuilder.finish(
                                "more",
                                Precision.F32,
                                List.of(x, more),
                                List.of(new Output("y", x.read())),
                                null));
        var seen = new HashSet<String>();
        for (Kernel kernel : kernels) {
            assertThat(seen.add(kernel.fingerprint())).as(kernel.describe()).isTrue();
        }
    }

    private static Kernel plain(Slot slot, String output, Expr value) {
        return KernelBuilder.finish(
                "plain",
                Precision.F32,
                List.of(slot),
                List.of(new Output(output, Vec.of(value))),
                null);
    }

    @Test
    void precisionIsKeptByWhateverIsMadeFromAKernel() {
        var k = Kernel.build("double").precision(Precision.F64);
        Expr x = k.input("x");
        Expr c = k.param("c");
        k.output("y", x.minus(c).square());
        k.support("x", Vec.of(c.minus(1)), Vec.of(c.plus(1)));
        Kernel kernel = k.done();
        assertThat(
                        List.of(
                                kernel,
                                kernel.vjp(Set.of("x")),
                                kernel.jacobian("x"),
                                kernel.weighted(2),
                                kernel.support().orElseThrow().boxes(kernel)))
                .allMatch(made -> made.precision() == Precision.F64);
        assertThat(kernel.in(Precision.F32).in(Precision.F64).fingerprint())
                .isEqualTo(kernel.fingerprint());
    }

    @Test
    void nameHasNoPartInTheFingerprint() {
        var x = new Slot("x", Slot.Role.INPUT, 1);
        var output = List.of(new Output("y", x.read()));
        assertThat(
                        KernelBuilder.finish("one", Precision.F32, List.of(x), output, null)
                                .fingerprint())
                .isEqualTo(
                        KernelBuilder.finish("two", Precision.F32, List.of(x), output, null)
                                .fingerprint());
    }

    @Test
    void mergesCommonSubexpressionsWhateverTheirOrder() {
        var k = Kernel.build("common");
        Expr x = k.input("x");
        Expr y = k.input("y");
        k.output("z", x.times(y).plus(y.times(x)).plus(x.times(y)));
        assertThat(k.done().program().operations()).isEqualTo(3);
    }

    @Test
    void keepsNothingThatIsNotUsed() {
        var k = Kernel.build("used");
        Expr x = k.input("x");
        x.exp().sin();
        k.output("z", x.plus(1));
        assertThat(k.done().program().operations()).isEqualTo(1);
    }

    @Test
    void foldsConstantsAndNeutralOperands() {
        var k = Kernel.build("fold");
        Expr x = k.input("x");
        Expr two = Expr.of(4).sqrt();
        Expr one = two.minus(1);
        k.output("z", x.times(one).plus(0).dividedBy(1).negate().negate().fma(one, Expr.of(0)));
        assertThat(k.done().program().operations()).isZero();
    }

    @Test
    void keepsProductsWithZeroBecauseOfInfinity() {
        var k = Kernel.build("zero");
        k.output("z", k.input("x").times(0));
        Kernel kernel = k.done();
        assertThat(Values.of("x", Double.POSITIVE_INFINITY).in(kernel)[0]).isNaN();
    }

    /** 0.5·|d|² and two factors: the value and both derivatives share the exponential. */
    @Test
    void derivativeSharesTheValuesWork() {
        var k = Kernel.build("gaussian");
        Vec d = k.input("x", 2).minus(k.param("c", 2));
        k.output("y", d.squaredNorm().radial(new RadialProfile.Gaussian()));
        Kernel kernel = k.done();
        // 2 differences, 2 squares, 1 sum, 1 scaling, 1 exponential
        assertThat(kernel.program().operations()).isEqualTo(7);
        long exponentials =
                kernel.vjp(Set.of("x", "c")).program().instructions().stream()
                        .filter(i -> i instanceof Instruction.Apply a && a.op() == Op.EXP)
                        .count();
        assertThat(exponentials).isEqualTo(1);
    }

    @Test
    void listsTheSameProgramEveryTime() {
        String first = gaussian("c", 0.5, 3).vjp(Set.of("x", "c")).program().listing();
        for (int n = 0; n < 20; n++) {
            assertThat(gaussian("c", 0.5, 3).vjp(Set.of("c", "x")).program().listing())
                    .isEqualTo(first);
        }
    }

    @Test
    void weightedMultipliesByAPayload() {
        Kernel weighted = gaussian("c", 0.5, 3).weighted(2);
        assertThat(Values.of("x", 1).and("c", 1).and("weight", 3, 4).in(weighted))
                .containsExactly(3, 4);
        assertThat(weighted.support()).isPresent();
    }

    @Test
    void refusesAPayloadWhereTheNameIsTaken() {
        assertThatThrownBy(() -> gaussian("weight", 0.5, 3).weighted(2))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("'weight' twice");
    }

    @Test
    void composesByReplacingSlots() {
        var k = Kernel.build("outer");
        Expr u = k.input("u");
        var inner = gaussian("c", 0.5, 3).apply(Map.of("x", Vec.of(u.times(2)), "c", Vec.of(u)));
        k.output("z", inner.get("y"));
        assertThat(Values.of("u", 3).in(k.done())[0]).isEqualTo(Math.exp(-4.5));
    }

    @Test
    void compositionKeepsProfiles() {
        var k = Kernel.build("inner");
        k.output("y", k.input("s").radial(new RadialProfile.Wendland(2)));
        var outer = Kernel.build("outer");
        Expr x = outer.input("x");
        outer.output("z", k.done().apply(Map.of("s", Vec.of(x.square()))).get("y"));
        assertThat(Values.of("x", 0).in(outer.done().jacobian("x")))
                .containsExactly(new double[1], within(0.0));
    }

    @Test
    void foreignReadIsNamedWithItsFormula() {
        Expr elsewhere = Kernel.build("other").input("q");
        var k = Kernel.build("mine");
        Expr x = k.input("x");
        k.output("y", x.plus(elsewhere).exp());
        assertThatThrownBy(k::done)
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("kernel mine, output y = exp((x + q))")
                .hasMessageContaining("input q[1]");
    }

    @Test
    void unequalWidthsShowBothVectors() {
        var k = Kernel.build("widths");
        Vec a = k.input("a", 2);
        Vec b = k.param("b", 3);
        assertThatThrownBy(() -> a.minus(b))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("[a[0], a[1]] - [b[0], b[1], b[2]]")
                .hasMessageContaining("2 components against 3");
    }

    @Test
    void supportMayNotReadInputs() {
        var k = Kernel.build("box");
        Expr x = k.input("x");
        k.output("y", x);
        k.support("x", Vec.of(x.minus(1)), Vec.of(x.plus(1)));
        assertThatThrownBy(k::done)
                .hasMessageContaining("support low")
                .hasMessageContaining("(x - 1)");
    }

    @Test
    void supportNeedsAnInputOfItsWidth() {
        var k = Kernel.build("box");
        Vec x = k.input("x", 2);
        Expr c = k.param("c");
        k.output("y", x.x());
        k.support("x", Vec.of(c), Vec.of(c));
        assertThatThrownBy(k::done).hasMessageContaining("needs 2 components");
    }

    @Test
    void boxesAreAMapOverSources() {
        Kernel boxes = gaussian("c", 0.5, 3).support().orElseThrow().boxes(gaussian("c", 0.5, 3));
        assertThat(boxes.slots()).containsExactly(new Slot("c", Slot.Role.INPUT, 1));
        assertThat(Values.of("c", 10).in(boxes)).containsExactly(7, 13);
    }

    @Test
    void sourceMapRefusesInputs() {
        Kernel owner = gaussian("c", 0.5, 3);
        var reading = List.of(new Output("z", owner.slot("x").read()));
        assertThatThrownBy(() -> SourceMap.of(owner, "map", reading))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("input x[1]");
    }

    @Test
    void duplicateNamesAreRefused() {
        var k = Kernel.build("twice");
        k.input("x");
        assertThatThrownBy(() -> k.param("x")).hasMessageContaining("'x' twice");
        k.output("y", Expr.of(1));
        assertThatThrownBy(() -> k.output("y", Expr.of(1))).hasMessageContaining("'y' twice");
    }

    @Test
    void kernelWithoutOutputIsRefused() {
        assertThatThrownBy(Kernel.build("mute")::done).hasMessageContaining("no output");
    }

    @Test
    void badSlotNamesAreRefused() {
        assertThatThrownBy(() -> Kernel.build("k").input("2x")).hasMessageContaining("'2x'");
        assertThatThrownBy(() -> Kernel.build("k").input("x", 0)).hasMessageContaining("width 0");
    }

    @Test
    void longFormulasAreCutInMessages() {
        var k = Kernel.build("long");
        Expr x = k.input("x");
        Expr sum = x;
        for (int n = 0; n < 200; n++) {
            sum = sum.plus(x.times(n + 2));
        }
        assertThat(sum.toString().length()).isLessThanOrEqualTo(240);
    }

    /** Each level doubles what is written out: cutting must come before writing, not after. */
    @Test
    void sharedFormulasAreCutBeforeTheyExplode() {
        var k = Kernel.build("shared");
        Expr x = k.input("x");
        for (int n = 0; n < 200; n++) {
            x = x.fma(x, x);
        }
        assertThat(x.toString().length()).isLessThanOrEqualTo(240);
    }
}
