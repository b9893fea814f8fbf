package org.kernfield.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class KernelTextTest {
    private static final String GAUSSIAN =
            """
            kernel gaussian F64
            input x[2]    # a row of each query
            param centre[2]
            uniform width
            s = sqdist(x, centre) / width^2
            out value = exp(-s/2); out slope = [s, 2*s]
            support x from centre - 3*width to centre + 3*width
            """;

    @Test
    void readsWhatPeopleWrite() {
        Kernel kernel = Kernel.parse(GAUSSIAN);
        assertThat(kernel.precision()).isEqualTo(Precision.F64);
        assertThat(kernel.support()).isPresent();
        var at = Values.of("x", 1, 2).and("centre", 0, 4).and("width", 2);
        assertThat(at.in(kernel))
                .containsExactly(new double[] {Math.exp(-0.625), 1.25, 2.5}, within(1e-15));
    }

    static List<Kernel> kernels() {
        var k = Kernel.build("every op");
        Vec x = k.input("x", 4);
        Vec p = k.param("p", 4);
        Expr a = x.x();
        Expr b = p.y();
        Expr shared = a.minus(b).exp();
        var all = new java.util.ArrayList<Expr>();
        for (Op op : EnumSet.allOf(Op.class)) {
            if (!op.isComparison() && op != Op.SELECT) {
                Expr[] operands = {a, b, shared, x.z()};
                all.add(Simplify.apply(op, java.util.Arrays.copyOf(operands, op.arity())));
            }
        }
        k.output("ops", Vec.of(all));
        k.output("choice", shared.lessThan(a).select(b.atMost(a).select(a, -0.5), shared));
        k.output("limits", a.min(Expr.of(Double.NEGATIVE_INFINITY)).plus(Double.NaN).plus(1e-300));
        k.output("far", x.sqdist(p).radial(new RadialProfile.Matern(3)));
        k.output("near", x.dot(p, k.uniform("s", 4)).radial(new RadialProfile.Polyharmonic(4)));
        Kernel every = k.done();
        var deep = Kernel.build("deep");
        Expr y = deep.input("x");
        for (int n = 0; n < 3000; n++) {
            y = y.times(0.999).plus(n % 7);
        }
        Kernel chain = deep.output("y", y).done();
        Kernel gaussian = Kernel.parse(GAUSSIAN);
        Kernel matern = Kernel.parse("input x[3]; param y[3]; out k = matern[2](sqdist(x, y))");
        return List.of(
                every,
                chain,
                chain.vjp(Set.of("x")),
                gaussian,
                gaussian.vjp(Set.of("x", "width")),
                matern.jet(2, "x"));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void textGivesTheSameKernelBack(Kernel kernel) {
        assertThat(Kernel.parse(kernel.toText()).fingerprint())
                .as(kernel.toText())
                .isEqualTo(kernel.fingerprint());
    }

    @Test
    void profilesAreStillProfilesAfterTravelling() {
        Kernel kernel = Kernel.parse("input x[2]; param y[2]; out k = matern[1](sqdist(x, y))");
        Kernel there = Kernel.parse(kernel.toText());
        var same = Values.of("x", 1, 2).and("y", 1, 2);
        assertThat(same.in(there.jacobian("x"))).containsExactly(new double[2], within(0.0));
        assertThatThrownBy(() -> there.hessian("x")).hasMessageContaining("use Matérn 5/2");
    }

    /** Place and sentence; the line and a caret follow. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "out y = exp(q)|line 1, column 13: 'q' is not known here; known are []",
                "input x; out y = ex(x)|line 1, column 18: 'ex' is no function",
                "input x; out y = exp(x, x)|column 18: exp with 2 operands; give 1",
                "input x; out y = (x + 2|column 24: end of text where ')' is needed",
                "input x[2]; out y = x[2]|column 23: component 2 of x, which has 2; use 0 to 1",
                "input x[2], z[3]; out y = x + z|column 29: + of 2 components and 3",
                "input x; out y = x $ 2|column 20: '$' is no part of a formula",
                "input x; out y = x 2|column 20: '2' after the end of a statement",
                "inputs x|column 8: 'inputs' begins no statement; use kernel, input",
                "kernel a F16|column 10: 'F16' is no precision; use F32 or F64",
                "input x[2.5]|column 9: a width is 2.5; give a whole number",
                "input x; out y = wendland[6](x)|column 18: Wendland C6: not in the family",
                "input x; input x|column 10: kernel formula: slot 'x' twice",
                "input x; out y = select(x, 1, 2)|column 26: ',' where '<' is needed"
            })
    void mistakesAreShownWithTheirPlace(String text, String message) {
        assertThatThrownBy(() -> Kernel.parse(text))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith("^");
    }

    @Test
    void caretStandsBelowThePlace() {
        assertThatThrownBy(() -> Kernel.parse("input x\nout y = x + z"))
                .hasMessageEndingWith("out y = x + z%n            ^".formatted());
    }
}
