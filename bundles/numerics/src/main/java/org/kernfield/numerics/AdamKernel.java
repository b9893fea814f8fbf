package org.kernfield.numerics;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Vec;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adam's update as a map over the rows of a parameter:
 *
 * <pre>
 * m' = β₁·m + (1 − β₁)·g
 * v' = β₂·v + (1 − β₂)·g²
 * p' = p − rate · (m'/(1 − β₁ᵗ)) / (√(v'/(1 − β₂ᵗ)) + ε),   limited to [low, high] if bounded
 * </pre>
 *
 * Inputs are {@code parameter}, {@code gradient}, {@code first} (m) and {@code second} (v);
 * uniforms {@code rate}, and {@code low} and {@code high} if bounded, one number a component, and
 * {@code beta1}, {@code beta2}, {@code epsilon}, {@code correction1} = 1/(1 − β₁ᵗ), {@code
 * correction2} = 1/(1 − β₂ᵗ); outputs {@code nextParameter}, {@code nextFirst}, {@code nextSecond}.
 */
public final class AdamKernel {
    private record Shape(int width, boolean bounded) {}

    private static final Map<Shape, Kernel> KERNELS = new ConcurrentHashMap<>();

    private AdamKernel() {}

    /**
     * The update of rows of {@code width} components.
     *
     * @param bounded whether the result is limited
     */
    public static Kernel of(int width, boolean bounded) {
        return KERNELS.computeIfAbsent(new Shape(width, bounded), AdamKernel::build);
    }

    private static Kernel build(Shape shape) {
        int width = shape.width();
        var k = Kernel.build("adam");
        Vec parameter = k.input("parameter", width);
        Vec gradient = k.input("gradient", width);
        Vec first = k.input("first", width);
        Vec second = k.input("second", width);
        Vec rate = k.uniform("rate", width);
        Expr beta1 = k.uniform("beta1");
        Expr beta2 = k.uniform("beta2");
        Expr epsilon = k.uniform("epsilon");
        Expr correction1 = k.uniform("correction1");
        Expr correction2 = k.uniform("correction2");

        Expr one = Expr.of(1);
        Vec nextFirst = first.times(beta1).plus(gradient.times(one.minus(beta1)));
        Vec squares = gradient.times(gradient);
        // stays at 0 or above, unlike the shorter g² + β₂·(v − g²), whose root could be NaN
        Vec nextSecond = second.times(beta2).plus(squares.times(one.minus(beta2)));
        Vec scale = nextSecond.map(v -> v.times(correction2).sqrt().plus(epsilon));
        var moved = new Expr[width];
        for (int c = 0; c < width; c++) {
            Expr direction = nextFirst.get(c).times(correction1).dividedBy(scale.get(c));
            moved[c] = parameter.get(c).minus(rate.get(c).times(direction));
        }
        if (shape.bounded()) {
            Vec low = k.uniform("low", width);
            Vec high = k.uniform("high", width);
            for (int c = 0; c < width; c++) {
                moved[c] = moved[c].min(high.get(c)).max(low.get(c));
            }
        }
        return k.output("nextParameter", Vec.of(moved))
                .output("nextFirst", nextFirst)
                .output("nextSecond", nextSecond)
                .done();
    }
}
