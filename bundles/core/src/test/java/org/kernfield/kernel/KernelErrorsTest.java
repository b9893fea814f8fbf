package org.kernfield.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What people read when a kernel cannot be built: the expression, the slot, the remedy. */
class KernelErrorsTest {
    private static final Kernel FIELD =
            Kernel.parse("kernel field; input x[2]; param p[2]; out y = matern[1](sqdist(x, p))");
    private static final Vec X = FIELD.slot("x").read();
    private static final Vec WIDE = Vec.of(X.x(), X.y(), X.x().plus(1));

    private static Map<String, ThrowingCallable> messages() {
        var all = new LinkedHashMap<String, ThrowingCallable>();
        all.put(
                "[x[0], x[1]] + [x[0], x[1], (x[0] + 1)]: 2 components against 3; make the widths"
                        + " equal",
                () -> X.plus(WIDE));
        all.put(
                "[x[0], x[1]] sqdist [x[0], x[1], (x[0] + 1)]: 2 components against 3",
                () -> X.sqdist(WIDE));
        all.put("[x[0], x[1]]: component 2 of 2; use 0 to 1", () -> X.get(2));
        all.put("cross product of [x[0], x[1]]: 2 components; give 3", () -> X.cross(X));
        all.put(
                "kernel field: no slot 'q'; it has [input x[2], param p[2]]",
                () -> FIELD.vjp(Set.of("q")));
        all.put(
                "kernel field, slot x := [x[0], x[1], (x[0] + 1)]: 3 components; give 2",
                () -> FIELD.apply(Map.of("x", WIDE)));
        all.put(
                "kernel other, output z = (x[0] + 1): input x[2] is not readable here; known are"
                        + " [input w[1]]",
                () -> {
                    var k = Kernel.build("other");
                    k.input("w");
                    k.output("z", X.x().plus(1)).done();
                });
        all.put(
                "Matérn 3/2: derivative 2 in s = r² does not exist at r = 0; use Matérn 5/2",
                () -> FIELD.hessian("x"));
        all.put(
                "digamma(x[0]): its derivative, the trigamma function, is not in the language",
                () -> {
                    var k = Kernel.build("gamma");
                    Expr x = k.input("x", 2).x();
                    k.output("y", x.lgamma());
                    k.done().hessian("x");
                });
        all.put(
                "kernel d(field)/dx: 2 output components cannot carry a payload; keep one",
                () -> FIELD.jacobian("x").weighted(3));
        all.put(
                "kernel dice: random cannot be written with the operations that are known",
                () -> {
                    var k = Kernel.build("dice");
                    Expr x = k.input("x");
                    k.output("y", Expr.random(x, x, x, x));
                    k.done().lowered(EnumSet.range(Op.ADD, Op.SELECT), Set.of());
                });
        all.put(
                "kernel jet(slopes): two outputs 'u_x', [1] and [(x * x)]; rename what one of them"
                        + " comes from",
                () -> Kernel.parse("kernel slopes; input x; out u = x; out u_x = x*x").jet(1, "x"));
        all.put(
                "kernel d(gain): two outputs 'd_w', [(x * w)] and [(d_d_w * x)]; rename",
                () ->
                        Kernel.parse("kernel gain; input x; param w; out d_w = x*w")
                                .valueAndVjp(Set.of("w"), Slot.Role.INPUT));
        all.put("kernel field, jet of order -1 in [x]: needs order ≥ 0", () -> FIELD.jet(-1, "x"));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> namesExpressionSlotAndRemedy() {
        return messages().entrySet().stream()
                .map(
                        e ->
                                DynamicTest.dynamicTest(
                                        e.getKey(),
                                        () ->
                                                assertThatThrownBy(e.getValue())
                                                        .isInstanceOf(KernelException.class)
                                                        .hasMessageContaining(e.getKey())));
    }
}
